package dev.vantage.tsdb.metric.kernel;

import static dev.vantage.tsdb.metric.kernel.VectorGroup.SPECIES;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.WIDTH;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.all;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.load;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.positiveMax;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.positiveMin;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Evaluates {@link LowPassBound} for a group of series at once, one per lane of a vector, from
 * sketches to bounds, so that scratch memory stays in the nearest cache. Not thread-safe. The steps
 * are those of {@link ScalarLowPass}.
 */
final class VectorLowPass implements LowerBound.Evaluator {
  /** The bits of the first approximation of 1 / sqrt(x) are these, minus half the bits of x. */
  private static final int ROOT_BITS = 0x5f3759df;

  /**
   * The correction of the root after one Newton step, whose result is too small by at most 0.00176
   * of its value.
   */
  private static final float ROOT_ERROR = 1.0018f;

  private final LowPassGrid grid;
  private final float[] query;

  /** The query's real parts, then imaginary parts, each repeated in all lanes. */
  private final float[] queryLanes;

  private final VectorGroup group;

  /**
   * The steps, called through an interface: in one method they would be too many for the compiler
   * to inline, and it would leave some vectors on the heap.
   */
  private final VectorStep[] steps;

  // The sketches of the last group, if it is not full.
  private final float[] last;
  private final float[] found = new float[WIDTH];

  VectorLowPass(LowPassGrid grid, LaneFft fft, float[] query) {
    this.grid = grid;
    this.query = query;
    int frequencies = grid.frequencies;
    queryLanes = new float[2 * (frequencies + 1) * WIDTH];
    for (int f = 1; f <= frequencies; f++) {
      int im = (frequencies + 1 + f) * WIDTH;
      Arrays.fill(queryLanes, f * WIDTH, (f + 1) * WIDTH, query[grid.realAt[f]]);
      Arrays.fill(queryLanes, im, im + WIDTH, query[grid.imaginaryAt[f]]);
    }
    group = new VectorGroup(grid);
    last = new float[Sketch.size(grid.level) * WIDTH];
    steps = steps(fft).toArray(VectorStep[]::new);
  }

  private List<VectorStep> steps(LaneFft fft) {
    List<VectorStep> all =
        new ArrayList<>(List.of(this::correlate, this::exponents, this::exponentials));
    if (grid.level == 0) {
      all.addAll(new Vector32Places(grid, group).steps());
      all.add(new VectorFit(grid, group));
    } else {
      VectorPlaces places = new VectorPlaces(grid, fft, group);
      all.addAll(places.steps());
      all.addAll(
          grid.byCoefficients
              ? places.coefficients().steps()
              : List.of(new VectorFit(grid, group)));
    }
    all.add(this::boundKernel);
    return all;
  }

  @Override
  public void squaredLowerBounds(float[] sketches, int stride, int from, int to, float[] bounds) {
    int next = from;
    for (; next + WIDTH <= to; next += WIDTH) {
      boundGroup(sketches, stride, next);
      System.arraycopy(found, 0, bounds, next, WIDTH);
    }
    int count = to - next;
    if (count > 0) {
      for (int j = 0; j < last.length / WIDTH; j++) {
        System.arraycopy(sketches, j * stride + next, last, j * WIDTH, count);
      }
      boundGroup(last, WIDTH, 0);
      System.arraycopy(found, 0, bounds, next, count);
    }
  }

  private void boundGroup(float[] sketches, int stride, int from) {
    for (VectorStep step : steps) {
      step.run(sketches, stride, from);
    }
  }

  /** Computes the spectrum of l, and sums over its amplitudes. */
  private void correlate(float[] sketches, int stride, int from) {
    float[] spectrum = group.spectrum;
    float[] queryLanes = this.queryLanes;
    LowPassGrid grid = this.grid;
    int[] realAt = grid.realAt;
    int[] imaginaryAt = grid.imaginaryAt;
    float[] curvature = grid.curvature;
    float[] cosh0 = grid.cosh[0];
    float[] cosh1 = grid.cosh[1];
    float[] cosh2 = grid.cosh[2];
    int imaginary = spectrum.length / 2;
    IntVector bits = IntVector.broadcast(VectorGroup.BITS, ROOT_BITS);
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector squares = sum;
    FloatVector bends = sum;
    FloatVector first = sum;
    FloatVector second = sum;
    FloatVector third = sum;
    for (int f = 1; f <= grid.frequencies; f++) {
      FloatVector xRe = load(sketches, realAt[f] * stride + from);
      FloatVector xIm = load(sketches, imaginaryAt[f] * stride + from);
      FloatVector qRe = load(queryLanes, f * WIDTH);
      FloatVector qIm = load(queryLanes, imaginary + f * WIDTH);
      // The product of the conjugate query and the series.
      FloatVector re = xIm.fma(qIm, xRe.mul(qRe));
      FloatVector im = xIm.mul(qRe).sub(xRe.mul(qIm));
      re.intoArray(spectrum, f * WIDTH);
      im.intoArray(spectrum, imaginary + f * WIDTH);
      FloatVector square = im.fma(im, re.mul(re));
      IntVector halved = square.reinterpretAsInts().lanewise(VectorOperators.LSHR, 1);
      FloatVector inverse = bits.sub(halved).reinterpretAsFloats();
      FloatVector root = square.mul(inverse);
      FloatVector p = root.mul(root.mul(inverse).fma(all(-0.5f), all(1.5f)));
      squares = squares.add(square);
      sum = sum.add(p);
      bends = p.fma(all(curvature[f]), bends);
      first = p.fma(all(cosh0[f]), first);
      second = p.fma(all(cosh1[f]), second);
      third = p.fma(all(cosh2[f]), third);
    }
    squares.mul(all(0.5f)).intoArray(group.power, 0);
    FloatVector error = all(ROOT_ERROR);
    sum.mul(error).intoArray(group.amplitudes, 0);
    bends.mul(error).intoArray(group.bend, 0);
    first.mul(error).intoArray(group.strips, 0);
    second.mul(error).intoArray(group.strips, WIDTH);
    third.mul(error).intoArray(group.strips, 2 * WIDTH);
  }

  /** Computes the arguments of {@link #exponentials}. */
  private void exponents(float[] sketches, int stride, int from) {
    int tails = Sketch.tailAt(grid.level) * stride + from;
    float g = grid.multiplier;
    float[] into = group.exponentials;
    for (int i = 0; i < group.strips.length; i += WIDTH) {
      load(group.strips, i).sub(all(1)).mul(all(g)).intoArray(into, i);
    }
    float queryTail = query[Sketch.tailAt(grid.level)] * 1.000001f;
    FloatVector t = load(sketches, tails).mul(all(g * queryTail));
    t.intoArray(group.tail, 0);
    t.intoArray(into, group.strips.length);
    load(group.amplitudes, 0)
        .sub(all(1 - 1e-5f))
        .mul(all(g))
        .intoArray(into, group.strips.length + WIDTH);
    load(group.bend, 0)
        .add(all(2e-5f))
        .mul(all(g))
        .intoArray(into, group.strips.length + 2 * WIDTH);
  }

  /** Computes the same as {@link LaneMath#exponential}. */
  private void exponentials(float[] sketches, int stride, int from) {
    float[] x = group.exponentials;
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

  /** Computes the smaller of the two upper bounds on mean exp(g (c - 1)). */
  private void boundKernel(float[] sketches, int stride, int from) {
    int tailPowers = Sketch.tailPowerAt(grid.level) * stride + from;
    int tails = group.strips.length;
    float g = grid.multiplier;
    float queryPower = query[Sketch.tailPowerAt(grid.level)] * 0.500001f;
    final FloatVector scale =
        all(query[0] * (1 + grid.slack) * (1 + 1e-6f) * (float) (1 + grid.error));
    // Constants are created first: the compiler leaves some on the heap if they are created at the
    // end.
    final FloatVector rounding = all(0.9999997f);
    final FloatVector missing = all((float) (grid.error * 1.0001));
    FloatVector means = load(group.mean, 0);
    FloatVector ofTail = load(group.exponentials, tails).mul(all(1.001f));
    final FloatVector byTail = means.mul(ofTail);
    // phi increases, so a larger argument is valid; from 1/2 on the subtraction is accurate enough.
    FloatVector t = positiveMax(load(group.tail, 0), all(0.5f));
    FloatVector e = positiveMax(ofTail, all(1.6488f * 1.001f));
    FloatVector phi = e.sub(all(1)).sub(t).div(t.mul(t));
    FloatVector crest = load(group.exponentials, tails + 2 * WIDTH).mul(load(group.greatest, 0));
    crest = positiveMin(crest, load(group.exponentials, tails + WIDTH));
    FloatVector energy = load(sketches, tailPowers).mul(all(queryPower));
    FloatVector linear = energy.sqrt().mul(load(group.residual, 0));
    FloatVector quadratic = phi.mul(crest).mul(energy);
    FloatVector sum = linear.fma(all(g * 1.00001f), means);
    sum = quadratic.fma(all(g * g * 1.001f), sum);
    FloatVector kernel = positiveMin(byTail, sum);
    FloatVector similarity = kernel.mul(load(sketches, from)).mul(scale);
    FloatVector square = all(2).sub(similarity.add(similarity));
    square.mul(rounding).sub(missing).intoArray(found, 0);
  }
}
