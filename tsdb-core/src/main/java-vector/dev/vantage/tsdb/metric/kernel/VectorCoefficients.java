package dev.vantage.tsdb.metric.kernel;

import static dev.vantage.tsdb.metric.kernel.VectorGroup.SPECIES;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.WIDTH;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.all;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.load;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** The computations of {@link VectorLowPass} if R is computed by coefficients. Not thread-safe. */
final class VectorCoefficients {
  private final LowPassGrid grid;
  private final VectorGroup group;
  private final float[] work;
  private final VectorLaneFft fft;

  /**
   * Creates the computations of one group.
   *
   * @param work the exponentials, as {@link VectorPlaces} leaves them
   * @param fft transforms them
   */
  VectorCoefficients(LowPassGrid grid, VectorGroup group, float[] work, VectorLaneFft fft) {
    this.grid = grid;
    this.group = group;
    this.work = work;
    this.fft = fft;
  }

  List<VectorStep> steps() {
    return List.of(
        (sketches, stride, from) -> fft.forward(),
        (sketches, stride, from) -> sumCoefficients(),
        (sketches, stride, from) -> alias());
  }

  /**
   * Computes R as the energy of the frequencies above m; half of each mirrored pair is computed.
   */
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
    energy.mul(all(0.5f / grid.places / grid.places)).intoArray(group.residual, 0);
  }

  /** Adds the maximum error of the grid to the mean and to the root of R, by the best strip. */
  private void alias() {
    LowPassGrid grid = this.grid;
    IntVector ofMean = all(Float.MAX_VALUE).reinterpretAsInts();
    IntVector ofRoot = ofMean;
    IntVector most = all(1e15f).reinterpretAsInts();
    for (int s = 0; s < grid.aliasing.length; s++) {
      FloatVector w = load(group.exponentials, s * WIDTH).mul(all(1.01f));
      w = w.reinterpretAsInts().min(most).reinterpretAsFloats();
      ofMean = ofMean.min(w.mul(all(grid.aliasing[s])).reinterpretAsInts());
      ofRoot = ofRoot.min(w.mul(all(grid.folding[s])).reinterpretAsInts());
    }
    load(group.mean, 0).add(ofMean.reinterpretAsFloats()).intoArray(group.mean, 0);
    FloatVector loose = load(group.square, 0).sqrt().mul(all(2 * grid.slack));
    FloatVector root = load(group.residual, 0).sqrt();
    root.add(ofRoot.reinterpretAsFloats()).add(loose).intoArray(group.residual, 0);
  }
}
