package dev.vantage.tsdb.metric.kernel;

import static dev.vantage.tsdb.metric.kernel.VectorGroup.SPECIES;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.WIDTH;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.all;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.load;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.positiveMax;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The computations of {@link VectorLowPass} if R is computed by a fit of u + v l. Not thread-safe.
 */
final class VectorFit implements VectorStep {
  private final LowPassGrid grid;
  private final VectorGroup group;

  VectorFit(LowPassGrid grid, VectorGroup group) {
    this.grid = grid;
    this.group = group;
  }

  /**
   * Computes R for a fit of u + v l; the bound holds for any u and v, so their rounding does not
   * matter. Adds the maximum error of the grid to the mean and to R, by the best strip, then takes
   * the root of R.
   */
  @Override
  public void run(float[] sketches, int stride, int from) {
    LowPassGrid grid = this.grid;
    FloatVector means = load(group.mean, 0);
    FloatVector squares = load(group.square, 0);
    FloatVector products = load(group.withLow, 0);
    FloatVector v = products.div(load(group.power, 0).add(all(LowPassGrid.LEAST)));
    FloatVector left = squares.sub(means.mul(means)).sub(v.mul(products));
    v = v.abs();
    IntVector ofMean = all(Float.MAX_VALUE).reinterpretAsInts();
    IntVector ofResidual = ofMean;
    IntVector most = all(1e15f).reinterpretAsInts();
    for (int s = 0; s < grid.aliasing.length; s++) {
      FloatVector w = load(group.exponentials, s * WIDTH).mul(all(1.01f));
      w = w.reinterpretAsInts().min(most).reinterpretAsFloats();
      FloatVector fit = v.fma(load(group.strips, s * WIDTH), means);
      FloatVector missed = w.mul(all(grid.aliasing[s]));
      ofMean = ofMean.min(missed.reinterpretAsInts());
      missed = missed.mul(w.add(fit).add(fit));
      ofResidual = ofResidual.min(missed.reinterpretAsInts());
    }
    means.add(ofMean.reinterpretAsFloats()).intoArray(group.mean, 0);
    // The error of a difference of large numbers is relative to the numbers, not to the difference.
    FloatVector loose = squares.mul(all(4 * grid.slack));
    left = positiveMax(left, FloatVector.zero(SPECIES));
    left.add(loose).add(ofResidual.reinterpretAsFloats()).sqrt().intoArray(group.residual, 0);
  }
}
