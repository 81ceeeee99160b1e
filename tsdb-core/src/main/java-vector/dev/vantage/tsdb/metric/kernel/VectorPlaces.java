package dev.vantage.tsdb.metric.kernel;

import static dev.vantage.tsdb.metric.kernel.VectorGroup.SPECIES;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.WIDTH;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.all;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.load;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** The computations of {@link VectorLowPass} at the places of higher levels. Not thread-safe. */
final class VectorPlaces {
  private final LowPassGrid grid;
  private final VectorGroup group;

  /** By place, first l, then exp(g (l - 1)): all even places, then all odd places. */
  private final float[] work;

  private final VectorLaneFft fft;

  VectorPlaces(LowPassGrid grid, LaneFft fft, VectorGroup group) {
    this.grid = grid;
    this.group = group;
    work = new float[grid.places * WIDTH];
    this.fft = new VectorLaneFft(fft, work);
  }

  List<VectorStep> steps() {
    return List.of(
        (sketches, stride, from) -> spread(),
        (sketches, stride, from) -> fft.inverse(),
        (sketches, stride, from) -> sumExponentials());
  }

  /** Returns the computation of R by coefficients, which follows this one. */
  VectorCoefficients coefficients() {
    return new VectorCoefficients(grid, group, work, fft);
  }

  /**
   * Computes the spectrum of a complex series of half the length from the spectrum of l (see
   * RealFft's combination).
   */
  private void spread() {
    float[] work = this.work;
    float[] spectrum = group.spectrum;
    LowPassGrid grid = this.grid;
    int half = grid.half;
    FloatVector zero = FloatVector.zero(SPECIES);
    zero.intoArray(work, 0);
    zero.intoArray(work, half * WIDTH);
    for (int f = 1; f <= grid.frequencies; f++) {
      FloatVector re = load(spectrum, f * WIDTH).mul(all(0.5f));
      FloatVector im = load(spectrum, spectrum.length / 2 + f * WIDTH).mul(all(0.5f));
      FloatVector cos = all(grid.cos[f]);
      FloatVector sin = all(grid.sin[f]);
      FloatVector oddRe = re.mul(cos).sub(im.mul(sin));
      FloatVector oddIm = im.fma(cos, re.mul(sin));
      int mirror = (half - f) * WIDTH;
      re.sub(oddIm).intoArray(work, f * WIDTH);
      im.add(oddRe).intoArray(work, half * WIDTH + f * WIDTH);
      // If f is its own mirror, this value overwrites that of f.
      re.add(oddIm).intoArray(work, mirror);
      oddRe.sub(im).intoArray(work, half * WIDTH + mirror);
    }
  }

  /**
   * Replaces l by exp(g (l - 1)). Computes the means of the exponentials, of their squares and of
   * their products with l, and the greatest exponential.
   */
  private void sumExponentials() {
    float[] work = this.work;
    LanePower power = grid.power;
    int squarings = power.squarings();
    final FloatVector each = all(1f / grid.places);
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
      final FloatVector l0 = load(work, place);
      final FloatVector l1 = load(work, place + WIDTH);
      final FloatVector l2 = load(work, place + 2 * WIDTH);
      final FloatVector l3 = load(work, place + 3 * WIDTH);
      FloatVector e0 = c5.fma(l0, c4).fma(l0, c3).fma(l0, c2).fma(l0, c1).fma(l0, c0);
      FloatVector e1 = c5.fma(l1, c4).fma(l1, c3).fma(l1, c2).fma(l1, c1).fma(l1, c0);
      FloatVector e2 = c5.fma(l2, c4).fma(l2, c3).fma(l2, c2).fma(l2, c1).fma(l2, c0);
      FloatVector e3 = c5.fma(l3, c4).fma(l3, c3).fma(l3, c2).fma(l3, c1).fma(l3, c0);
      e0 = e0.reinterpretAsInts().max(least).reinterpretAsFloats();
      e1 = e1.reinterpretAsInts().max(least).reinterpretAsFloats();
      e2 = e2.reinterpretAsInts().max(least).reinterpretAsFloats();
      e3 = e3.reinterpretAsInts().max(least).reinterpretAsFloats();
      e0 = e0.mul(e0);
      e1 = e1.mul(e1);
      e2 = e2.mul(e2);
      e3 = e3.mul(e3);
      e0 = e0.mul(e0);
      e1 = e1.mul(e1);
      e2 = e2.mul(e2);
      e3 = e3.mul(e3);
      for (int s = LanePower.FIRST_SQUARINGS; s < squarings; s++) {
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
    sum.mul(each).intoArray(group.mean, 0);
    squares.mul(each).intoArray(group.square, 0);
    products.mul(each).intoArray(group.withLow, 0);
    most.reinterpretAsFloats().intoArray(group.greatest, 0);
  }
}
