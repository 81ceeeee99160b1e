package dev.vantage.tsdb.metric.phase;

import dev.vantage.tsdb.fft.RealFft;
import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Invariance;
import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.kernel.Correlations;
import dev.vantage.tsdb.metric.sample.SampleScaling;
import dev.vantage.tsdb.metric.sample.SpectrumSketch;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The Euclidean distance of the best circular shift, and of the best reversed one if reversal is
 * on. Immutable. Shifts, and reversed shifts, are isometries and form a group, so this is the
 * distance between orbits, and a metric.
 *
 * <p>A row is {@code max_s c_s(x,x)}, or the least positive number where that is 0, in the place of
 * frequency 0 of the spectrum divided by n, which {@link RealFft} lays out; then the mean of the
 * samples.
 */
final class PhaseInvariant implements Metric {
  static final String NAME = "phase-invariant";
  static final String REVERSAL = "reversal";

  private final int length;
  private final boolean reversal;
  private final SampleScaling scaling;
  private final RealFft fft;
  private final UnitShifts shifts;
  private final SpectrumSketch sketch;

  /**
   * Creates the metric.
   *
   * @param length samples per series, a power of two, at least 8
   * @param reversal whether reversed shifts count, too
   * @param scaling how samples are scaled
   */
  PhaseInvariant(int length, boolean reversal, SampleScaling scaling) {
    this.length = length;
    this.reversal = reversal;
    this.scaling = scaling;
    fft = new RealFft(length);
    shifts = new UnitShifts(length);
    sketch = SpectrumSketch.ofMagnitudes(length);
  }

  @Override
  public MetricSpec spec() {
    return new MetricSpec(
        NAME,
        Map.of(REVERSAL, Boolean.toString(reversal), SampleScaling.PARAMETER, scaling.label()));
  }

  @Override
  public Geometry geometry() {
    return Geometry.METRIC_SPACE;
  }

  @Override
  public Set<Invariance> invariances() {
    Set<Invariance> all = EnumSet.of(Invariance.CIRCULAR_SHIFT);
    all.addAll(scaling.invariances());
    if (reversal) {
      all.add(Invariance.REVERSAL);
    }
    return all;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int rowSize() {
    return length + 1;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Shifting a spectrum changes each number of it by a few roundings, as a part of the norm.
   */
  @Override
  public double squaredDistanceError() {
    double shifted = 16 * Math.ulp(1.0) * scaling.greatestRootMeanSquare();
    return length * shifted * shifted;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Let u = 2^-53. The error of a correlation is at most 3 u per stage of the transform, as a
   * part of the norms. Squares of distances below {@link ShiftedDistance#NEAR} of the norms are
   * computed without cancellation, as sums of positive numbers.
   */
  @Override
  public double relativeDistanceError() {
    int stages = 32 - Integer.numberOfLeadingZeros(length);
    return Math.ulp(1.0) * ((8 * stages + 16) / ShiftedDistance.NEAR + 4.0 * length);
  }

  @Override
  public void prepare(double[] samples, double[] row, int offset) {
    fft.forward(scaling.scale(samples), row, offset);
    for (int f = 0; f < length; f++) {
      row[offset + f] /= length;
    }
    row[offset + length] = row[offset];
    row[offset] = 0;
    double self = 0;
    for (double value : new Correlations(fft).of(row, offset, row, offset)) {
      self = Math.max(self, value);
    }
    row[offset] = Math.max(self, Double.MIN_VALUE);
  }

  @Override
  public int sketchSize() {
    return sketch.size();
  }

  @Override
  public void sketch(double[] row, int offset, float[] into, int intoOffset) {
    double[] spectrum = new double[length];
    for (int f = 1; f < length; f++) {
      spectrum[f] = row[offset + f] * length;
    }
    sketch.write(spectrum, 0, row[offset + length] * length, into, intoOffset);
  }

  @Override
  public List<LowerBound> lowerBounds() {
    return sketch.bounds();
  }

  @Override
  public OptionalDouble shapeDistance(double distance) {
    return scaling == SampleScaling.Z
        ? OptionalDouble.of(distance * distance / (2.0 * length))
        : OptionalDouble.empty();
  }

  @Override
  public Evaluator evaluator() {
    ShiftedDistance plain = new ShiftedDistance(fft, shifts);
    return reversal ? new ReversalEvaluator(length, plain) : plain;
  }
}
