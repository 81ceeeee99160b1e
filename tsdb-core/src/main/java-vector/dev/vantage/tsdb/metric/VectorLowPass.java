package dev.vantage.tsdb.metric;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link LowPassBound} for as many series at once as a vector has lanes, the whole way from
 * sketches to bounds, so that scratch memory stays in the nearest cache. The steps are those of
 * {@link ScalarLowPass}.
 *
 * <p>Where numbers cannot be negative, the greater is found by their bits as integers, because
 * {@code max} of floats takes care of zeros and of what is not a number, with several instructions.
 */
final class VectorLowPass implements LowerBound.Evaluator {
  private static final VectorSpecies<Float> SPECIES = VectorLaneFft.SPECIES;
  private static final int WIDTH = VectorLaneFft.LANES;

  private final LowPassGrid grid;
  private final float[] query;

  /** Half the query's real parts, then imaginary parts, each of them in all lanes. */
  private final float[] halfQuery;

  private final float[] work;
  private final VectorLaneFft fft;
  private final float[] mean = new float[WIDTH];
  private final float[] square = new float[WIDTH];
  private final float[] withLow = new float[WIDTH];
  private final float[] greatest = new float[WIDTH];
  private final float[] power = new float[WIDTH];
  private final float[] bend = new float[WIDTH];
  private final float[] amplitudes = new float[WIDTH];
  private final float[] residual = new float[WIDTH];
  private final float[] tail = new float[WIDTH];

  /** {@code cosh(f rho) p_f}, summed. */
  private final float[] strips;

  /** For each strip exp(g (strip - 1)), then exp(g T) and two that bound exp(g max l). */
  private final float[] exponentials;

  // Where a group is not full, or bounds do not fill the array.
  private final float[][] group;
  private final float[] found = new float[WIDTH];

  /**
   * Too many for the compiler to inline them into one method, whose vectors it would then leave on
   * the heap in part.
   */
  private final Step[] steps;

  /** Something done for a group of series. */
  private interface Step {
    void run(float[][] sketches, int from);
  }

  VectorLowPass(LowPassGrid grid, LaneFft fft, float[] query) {
    this.grid = grid;
    this.query = query;
    int frequencies = grid.frequencies;
    halfQuery = new float[2 * (frequencies + 1) * WIDTH];
    for (int f = 1; f <= frequencies; f++) {
      int im = (frequencies + 1 + f) * WIDTH;
      Arrays.fill(halfQuery, f * WIDTH, (f + 1) * WIDTH, query[grid.realAt[f]] / 2);
      Arrays.fill(halfQuery, im, im + WIDTH, query[grid.imaginaryAt[f]] / 2);
    }
    work = new float[grid.places * WIDTH];
    this.fft = new VectorLaneFft(fft, work);
    strips = new float[grid.aliasing.length * WIDTH];
    exponentials = new float[(grid.aliasing.length + 3) * WIDTH];
    group = new float[Sketch.size(grid.level)][];
    steps = steps(this).toArray(Step[]::new);
  }

  private static List<Step> steps(VectorLowPass lanes) {
    return lanes.grid.byCoefficients
        ? List.of(
            lanes::correlate,
            (sketches, from) -> lanes.fft.inverse(),
            (sketches, from) -> lanes.sumExponentials(),
            (sketches, from) -> lanes.fft.forward(),
            (sketches, from) -> lanes.sumCoefficients(),
            lanes::exponents,
            (sketches, from) -> lanes.exponentials(),
            (sketches, from) -> lanes.aliasByCoefficients(),
            lanes::boundKernel)
        : List.of(
            lanes::correlate,
            (sketches, from) -> lanes.fft.inverse(),
            (sketches, from) -> lanes.sumExponentials(),
            (sketches, from) -> lanes.fitLow(),
            lanes::exponents,
            (sketches, from) -> lanes.exponentials(),
            (sketches, from) -> lanes.aliasByFit(),
            lanes::boundKernel);
  }

  @Override
  public void squaredLowerBounds(float[][] sketches, int count, float[] bounds) {
    int from = 0;
    for (; from + WIDTH <= count; from += WIDTH) {
      boundGroup(sketches, from);
      System.arraycopy(found, 0, bounds, from, WIDTH);
    }
    if (from < count) {
      for (int j = 0; j < group.length; j++) {
        group[j] = Arrays.copyOf(Arrays.copyOfRange(sketches[j], from, count), WIDTH);
      }
      boundGroup(group, 0);
      System.arraycopy(found, 0, bounds, from, count - from);
    }
  }

  private void boundGroup(float[][] sketches, int from) {
    for (Step step : steps) {
      step.run(sketches, from);
    }
  }

  /** The spectrum of l, as a complex series of half the length; and sums over its amplitudes. */
  private void correlate(float[][] sketches, int from) {
    float[] work = this.work;
    float[] halfQuery = this.halfQuery;
    LowPassGrid grid = this.grid;
    int frequencies = grid.frequencies;
    int half = grid.half;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum = zero;
    FloatVector squares = zero;
    FloatVector bends = zero;
    FloatVector first = zero;
    FloatVector second = zero;
    FloatVector third = zero;
    zero.intoArray(work, 0);
    zero.intoArray(work, half * WIDTH);
    for (int f = 1; f <= frequencies; f++) {
      FloatVector xRe = load(sketches[grid.realAt[f]], from);
      FloatVector xIm = load(sketches[grid.imaginaryAt[f]], from);
      FloatVector qRe = load(halfQuery, f * WIDTH);
      FloatVector qIm = load(halfQuery, (frequencies + 1 + f) * WIDTH);
      // The coefficients of l are half the product of conjugate query and series.
      FloatVector pRe = xIm.fma(qIm, xRe.mul(qRe));
      FloatVector pIm = xIm.mul(qRe).sub(xRe.mul(qIm));
      FloatVector quarter = pIm.fma(pIm, pRe.mul(pRe));
      FloatVector root = quarter.sqrt();
      squares = squares.add(quarter);
      sum = sum.add(root);
      bends = root.fma(all(grid.curvature[f]), bends);
      first = root.fma(all(grid.cosh[0][f]), first);
      second = root.fma(all(grid.cosh[1][f]), second);
      third = root.fma(all(grid.cosh[2][f]), third);
      // A frequency f and its mirror, of which only the first is there (RealFft's combination).
      FloatVector cos = all(grid.cos[f]);
      FloatVector sin = all(grid.sin[f]);
      FloatVector oddRe = pRe.mul(cos).sub(pIm.mul(sin));
      FloatVector oddIm = pIm.fma(cos, pRe.mul(sin));
      int mirror = (half - f) * WIDTH;
      pRe.sub(oddIm).intoArray(work, f * WIDTH);
      pIm.add(oddRe).intoArray(work, half * WIDTH + f * WIDTH);
      // For the frequency in the middle, this replaces it.
      pRe.add(oddIm).intoArray(work, mirror);
      oddRe.sub(pIm).intoArray(work, half * WIDTH + mirror);
    }
    squares.add(squares).intoArray(power, 0);
    sum.add(sum).intoArray(amplitudes, 0);
    bends.intoArray(bend, 0);
    first.intoArray(strips, 0);
    second.intoArray(strips, WIDTH);
    third.intoArray(strips, 2 * WIDTH);
  }

  /** Replaces l by exp(g (l - 1)); their means, with their squares and with l, and the greatest. */
  private void sumExponentials() {
    float[] work = this.work;
    LanePower power = grid.power;
    int squarings = power.squarings();
    FloatVector c5 = all(power.coefficient(5));
    FloatVector c4 = all(power.coefficient(4));
    FloatVector c3 = all(power.coefficient(3));
    FloatVector c2 = all(power.coefficient(2));
    FloatVector c1 = all(power.coefficient(1));
    FloatVector c0 = all(power.coefficient(0));
    IntVector least = all(power.least()).reinterpretAsInts();
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector squares = sum;
    FloatVector products = sum;
    IntVector most = sum.reinterpretAsInts();
    for (int place = 0; place < work.length; place += 4 * WIDTH) {
      FloatVector l0 = load(work, place);
      FloatVector l1 = load(work, place + WIDTH);
      FloatVector l2 = load(work, place + 2 * WIDTH);
      FloatVector l3 = load(work, place + 3 * WIDTH);
      FloatVector e0 = c5.fma(l0, c4).fma(l0, c3).fma(l0, c2).fma(l0, c1).fma(l0, c0);
      FloatVector e1 = c5.fma(l1, c4).fma(l1, c3).fma(l1, c2).fma(l1, c1).fma(l1, c0);
      FloatVector e2 = c5.fma(l2, c4).fma(l2, c3).fma(l2, c2).fma(l2, c1).fma(l2, c0);
      FloatVector e3 = c5.fma(l3, c4).fma(l3, c3).fma(l3, c2).fma(l3, c1).fma(l3, c0);
      e0 = e0.reinterpretAsInts().max(least).reinterpretAsFloats();
      e1 = e1.reinterpretAsInts().max(least).reinterpretAsFloats();
      e2 = e2.reinterpretAsInts().max(least).reinterpretAsFloats();
      e3 = e3.reinterpretAsInts().max(least).reinterpretAsFloats();
      for (int s = 0; s < squarings; s++) {
        e0 = e0.mul(e0);
        e1 = e1.mul(e1);
        e2 = e2.mul(e2);
        e3 = e3.mul(e3);
      }
      sum = sum.add(e0).add(e1).add(e2).add(e3);
      squares = e3.fma(e3, e2.fma(e2, e1.fma(e1, e0.fma(e0, squares))));
      products = e3.fma(l3, e2.fma(l2, e1.fma(l1, e0.fma(l0, products))));
      most = most.max(e0.reinterpretAsInts()).max(e1.reinterpretAsInts());
      most = most.max(e2.reinterpretAsInts()).max(e3.reinterpretAsInts());
      e0.intoArray(work, place);
      e1.intoArray(work, place + WIDTH);
      e2.intoArray(work, place + 2 * WIDTH);
      e3.intoArray(work, place + 3 * WIDTH);
    }
    float each = 1f / grid.places;
    sum.mul(all(each)).intoArray(mean, 0);
    squares.mul(all(each)).intoArray(square, 0);
    products.mul(all(each)).intoArray(withLow, 0);
    most.reinterpretAsFloats().intoArray(greatest, 0);
  }

  /** R as the energy of the frequencies above m; half of each mirrored pair is computed. */
  private void sumCoefficients() {
    float[] work = this.work;
    LowPassGrid grid = this.grid;
    int half = grid.half;
    FloatVector energy = FloatVector.zero(SPECIES);
    for (int f = grid.frequencies + 1; f < half; f++) {
      int mirror = (half - f) * WIDTH;
      FloatVector aRe = load(work, f * WIDTH);
      FloatVector bRe = load(work, mirror);
      FloatVector aIm = load(work, (half + f) * WIDTH);
      FloatVector bIm = load(work, half * WIDTH + mirror);
      FloatVector cos = all(grid.cos[f]);
      FloatVector sin = all(grid.sin[f]);
      FloatVector oddRe = aIm.add(bIm);
      FloatVector oddIm = bRe.sub(aRe);
      FloatVector re = oddIm.fma(sin, oddRe.fma(cos, aRe.add(bRe)));
      FloatVector im = oddIm.fma(cos, aIm.sub(bIm)).sub(oddRe.mul(sin));
      energy = im.fma(im, re.fma(re, energy));
    }
    energy.mul(all(0.5f / grid.places / grid.places)).intoArray(residual, 0);
  }

  /** R as what u + v l leaves. Any u and v would do, so that their rounding does not matter. */
  private void fitLow() {
    FloatVector means = load(mean, 0);
    FloatVector products = load(withLow, 0);
    FloatVector v = products.div(load(power, 0).add(all(LowPassGrid.LEAST)));
    load(square, 0).sub(means.mul(means)).sub(v.mul(products)).intoArray(residual, 0);
    v.intoArray(withLow, 0);
  }

  private void exponents(float[][] sketches, int from) {
    float[] tails = sketches[Sketch.tailAt(grid.level)];
    float g = grid.multiplier;
    float[] into = exponentials;
    for (int i = 0; i < strips.length; i += WIDTH) {
      load(strips, i).sub(all(1)).mul(all(g)).intoArray(into, i);
    }
    float queryTail = query[Sketch.tailAt(grid.level)] * 1.000001f;
    FloatVector t = load(tails, from).mul(all(g * queryTail));
    t.intoArray(tail, 0);
    t.intoArray(into, strips.length);
    load(amplitudes, 0).sub(all(1 - 1e-5f)).mul(all(g)).intoArray(into, strips.length + WIDTH);
    load(bend, 0).add(all(2e-5f)).mul(all(g)).intoArray(into, strips.length + 2 * WIDTH);
  }

  /** As {@link LaneMath#exponential}. */
  private void exponentials() {
    float[] x = exponentials;
    float range = LaneMath.GREATEST_EXPONENT - LaneMath.LEAST_EXPONENT;
    IntVector none = FloatVector.zero(SPECIES).reinterpretAsInts();
    IntVector all = all(range).reinterpretAsInts();
    for (int i = 0; i < x.length; i += WIDTH) {
      FloatVector above = load(x, i).sub(all(LaneMath.LEAST_EXPONENT));
      above = above.reinterpretAsInts().max(none).reinterpretAsFloats();
      FloatVector within = above.reinterpretAsInts().min(all).reinterpretAsFloats();
      FloatVector excess = above.sub(within);
      FloatVector z = within.add(all(LaneMath.LEAST_EXPONENT)).mul(all(LaneMath.SCALE));
      FloatVector e = z.fma(all(LaneMath.C5), all(LaneMath.C4));
      e = e.fma(z, all(LaneMath.C3));
      e = e.fma(z, all(LaneMath.C2));
      e = e.fma(z, all(LaneMath.C1));
      e = e.fma(z, all(LaneMath.C0));
      e = e.mul(e);
      e = e.mul(e);
      e = e.mul(e);
      e = e.mul(e);
      e = e.mul(e);
      e = e.mul(e);
      e = e.mul(e);
      excess.fma(all(LaneMath.TOO_MUCH), e).intoArray(x, i);
    }
  }

  /** Adds what the grid can miss to the mean and to the root of R, by the best strip. */
  private void aliasByCoefficients() {
    float[] exponentials = this.exponentials;
    LowPassGrid grid = this.grid;
    IntVector ofMean = all(Float.MAX_VALUE).reinterpretAsInts();
    IntVector ofRoot = ofMean;
    IntVector most = all(1e15f).reinterpretAsInts();
    for (int s = 0; s < grid.aliasing.length; s++) {
      FloatVector w = load(exponentials, s * WIDTH).mul(all(1.01f));
      w = w.reinterpretAsInts().min(most).reinterpretAsFloats();
      ofMean = ofMean.min(w.mul(all(grid.aliasing[s])).reinterpretAsInts());
      ofRoot = ofRoot.min(w.mul(all(grid.folding[s])).reinterpretAsInts());
    }
    load(mean, 0).add(ofMean.reinterpretAsFloats()).intoArray(mean, 0);
    FloatVector loose = load(square, 0).sqrt().mul(all(2 * grid.slack));
    FloatVector root = load(residual, 0).sqrt();
    root.add(ofRoot.reinterpretAsFloats()).add(loose).intoArray(residual, 0);
  }

  /** Adds what the grid can miss to the mean and to R, by the best strip; takes R's root. */
  private void aliasByFit() {
    float[] exponentials = this.exponentials;
    float[] strips = this.strips;
    LowPassGrid grid = this.grid;
    FloatVector means = load(mean, 0);
    FloatVector v = load(withLow, 0).abs();
    IntVector ofMean = all(Float.MAX_VALUE).reinterpretAsInts();
    IntVector ofResidual = ofMean;
    IntVector most = all(1e15f).reinterpretAsInts();
    for (int s = 0; s < grid.aliasing.length; s++) {
      FloatVector w = load(exponentials, s * WIDTH).mul(all(1.01f));
      w = w.reinterpretAsInts().min(most).reinterpretAsFloats();
      FloatVector fit = v.fma(load(strips, s * WIDTH), means);
      FloatVector missed = w.mul(all(grid.aliasing[s]));
      ofMean = ofMean.min(missed.reinterpretAsInts());
      missed = missed.mul(w.add(fit).add(fit));
      ofResidual = ofResidual.min(missed.reinterpretAsInts());
    }
    means.add(ofMean.reinterpretAsFloats()).intoArray(mean, 0);
    // A difference of large numbers: what rounding leaves of it is off by a share of those.
    FloatVector loose = load(square, 0).mul(all(4 * grid.slack));
    FloatVector left = positiveMax(load(residual, 0), FloatVector.zero(SPECIES));
    left.add(loose).add(ofResidual.reinterpretAsFloats()).sqrt().intoArray(residual, 0);
  }

  /** The smaller of the two upper bounds on mean exp(g (c - 1)). */
  private void boundKernel(float[][] sketches, int from) {
    float[] tailPowers = sketches[Sketch.tailPowerAt(grid.level)];
    float[] exponentials = this.exponentials;
    int tails = strips.length;
    float g = grid.multiplier;
    float queryPower = query[Sketch.tailPowerAt(grid.level)] * 0.500001f;
    FloatVector means = load(mean, 0);
    FloatVector ofTail = load(exponentials, tails).mul(all(1.001f));
    final FloatVector byTail = means.mul(ofTail);
    // phi grows, and from 1/2 on subtraction leaves enough of it.
    FloatVector t = positiveMax(load(tail, 0), all(0.5f));
    FloatVector e = positiveMax(ofTail, all(1.6488f * 1.001f));
    FloatVector phi = e.sub(all(1)).sub(t).div(t.mul(t));
    FloatVector crest = load(exponentials, tails + 2 * WIDTH).mul(load(greatest, 0));
    crest = positiveMin(crest, load(exponentials, tails + WIDTH));
    FloatVector energy = load(tailPowers, from).mul(all(queryPower));
    FloatVector linear = energy.sqrt().mul(load(residual, 0));
    FloatVector quadratic = phi.mul(crest).mul(energy);
    FloatVector sum = linear.fma(all(g * 1.00001f), means);
    sum = quadratic.fma(all(g * g * 1.001f), sum);
    FloatVector kernel = positiveMin(byTail, sum);
    float scale = query[0] * (1 + grid.slack) * (1 + 1e-6f) * (float) (1 + grid.error);
    float missing = (float) (grid.error * 1.0001);
    FloatVector similarity = kernel.mul(load(sketches[0], from)).mul(all(scale));
    FloatVector square = all(2).sub(similarity.add(similarity));
    square.mul(all(0.9999997f)).sub(all(missing)).intoArray(found, 0);
  }

  private static FloatVector positiveMax(FloatVector a, FloatVector b) {
    return a.reinterpretAsInts().max(b.reinterpretAsInts()).reinterpretAsFloats();
  }

  private static FloatVector positiveMin(FloatVector a, FloatVector b) {
    return a.reinterpretAsInts().min(b.reinterpretAsInts()).reinterpretAsFloats();
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  private static FloatVector all(float number) {
    return FloatVector.broadcast(SPECIES, number);
  }
}
