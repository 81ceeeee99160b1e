package dev.vantage.tsdb.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A query and its neighbors as curves that coincide where the series are alike: each neighbor is
 * moved back by its lag, so that the value of the neighbor at {@code t + lag} is drawn where the
 * query has {@code t}. Immutable.
 *
 * <pre>{@code
 * AlignedCurves.periodic(1024).with("a", "", query, 0).with("b", "lag 311", found, 311).marks()
 * }</pre>
 */
public final class AlignedCurves {
  /** Places that differ by less are one place. */
  private static final double ROUNDING = 1e-9;

  private final Ends ends;
  private final int length;
  private final List<Mark> marks;

  /** What follows the last sample of a curve. */
  private enum Ends {
    /** The first sample, by a line. Sample {@code k} of {@code n} is at {@code k / n}. */
    JOINED,
    /** A gap, then the first sample. Sample {@code k} of {@code n} is at {@code k / (n - 1)}. */
    OPEN
  }

  private AlignedCurves(Ends ends, int length, List<Mark> marks) {
    this.ends = ends;
    this.length = length;
    this.marks = List.copyOf(marks);
  }

  /**
   * Begins with no curve. The curves are periods: a curve that is shifted goes on at its other end.
   * The horizontal axis is the phase of the query, from 0 to 1.
   *
   * @param length the samples of a period in which lags are counted, at least 2
   * @return no curves
   * @throws IllegalArgumentException if the length is less than 2
   */
  public static AlignedCurves periodic(int length) {
    return new AlignedCurves(Ends.JOINED, checkLength(length), List.of());
  }

  /**
   * Begins with no curve. The curves have a beginning and an end: of a curve that is shifted, the
   * samples before the beginning of the query are drawn at its other end, and nothing joins the two
   * parts. The horizontal axis is the time of the query as a part of its duration, from 0 to 1.
   *
   * @param length the samples of a series in which lags are counted, at least 2
   * @return no curves
   * @throws IllegalArgumentException if the length is less than 2
   */
  public static AlignedCurves interval(int length) {
    return new AlignedCurves(Ends.OPEN, checkLength(length), List.of());
  }

  private static int checkLength(int length) {
    if (length < 2) {
      throw new IllegalArgumentException("length must be >= 2: length=" + length);
    }
    return length;
  }

  /**
   * Adds a curve.
   *
   * @param name the id of the series
   * @param note what the legend says of the series; may be empty
   * @param samples its values, evenly spaced over the whole series; at least 2, not necessarily as
   *     many as the lag is counted in
   * @param lag the lag of a neighbor in samples, 0 to length - 1; 0 for the query
   * @return a copy with this curve
   * @throws IllegalArgumentException if there are fewer than 2 samples, one is not finite, or the
   *     lag is out of range
   */
  public AlignedCurves with(String name, String note, double[] samples, int lag) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(samples, "samples");
    if (samples.length < 2) {
      throw new IllegalArgumentException("samples must be >= 2: samples=" + samples.length);
    }
    if (lag < 0 || lag >= length) {
      throw new IllegalArgumentException(
          "lag must be from 0 to length - 1: lag=" + lag + ", length=" + length);
    }
    List<Mark> all = new ArrayList<>(marks);
    switch (ends) {
      case JOINED -> all.add(period(name, note, samples, lag));
      case OPEN -> all.addAll(parts(name, note, samples, lag));
    }
    return new AlignedCurves(ends, length, all);
  }

  /** {@return the curves as lines, in the order in which they were added} */
  public List<Mark> marks() {
    return marks;
  }

  @Override
  public String toString() {
    return "AlignedCurves[length=" + length + ", marks=" + marks + "]";
  }

  /** A period that begins at the lag. Its line reaches from 0 to 1. */
  private Mark period(String name, String note, double[] samples, int lag) {
    int n = samples.length;
    double begin = (double) lag * n / length; // in samples of this curve
    int first = (int) Math.ceil(begin - ROUNDING);
    double offset = Math.max(0, first - begin);
    Points points = new Points(n + 2);
    double joint = valueAt(samples, begin);
    if (offset > ROUNDING) {
      points.add(0, joint);
    }
    for (int i = 0; i < n; i++) {
      points.add((offset + i) / n, samples[(first + i) % n]);
    }
    points.add(1, joint);
    return points.line(name, note);
  }

  /** The value between two samples of a period, on the line that joins them. */
  private static double valueAt(double[] samples, double place) {
    int before = (int) Math.floor(place + ROUNDING);
    double part = Math.max(0, place - before);
    double left = samples[before % samples.length];
    double right = samples[(before + 1) % samples.length];
    return part < ROUNDING ? left : left * (1 - part) + right * part;
  }

  /** The part from the lag to the end, and the part before the lag at the other end. */
  private List<Mark> parts(String name, String note, double[] samples, int lag) {
    Points later = new Points(samples.length);
    Points earlier = new Points(samples.length);
    for (int k = 0; k < samples.length; k++) {
      double place = (double) k * (length - 1) / (samples.length - 1) - lag;
      if (place > -ROUNDING) {
        later.add(Math.max(0, place) / (length - 1), samples[k]);
      } else if (place + length < length - 1 + ROUNDING) {
        earlier.add(Math.min(1, (place + length) / (length - 1)), samples[k]);
      }
    }
    List<Mark> parts = new ArrayList<>();
    for (Points points : List.of(later, earlier)) {
      if (points.size > 0) {
        parts.add(points.line(name, note));
      }
    }
    return parts;
  }

  /** Collects the points of a line. */
  private static final class Points {
    private final double[] x;
    private final double[] y;
    private int size;

    Points(int most) {
      x = new double[most];
      y = new double[most];
    }

    void add(double newX, double newY) {
      x[size] = newX;
      y[size] = newY;
      size++;
    }

    Mark line(String name, String note) {
      return Mark.line(name, note, Arrays.copyOf(x, size), Arrays.copyOf(y, size));
    }
  }
}
