package dev.vantage.tsdb.plot;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/** A shape with the points that it is drawn through, and the series it belongs to. Immutable. */
public final class Mark {
  private final Shape shape;
  private final String name;
  private final String note;
  private final double[] x;
  private final double[] y;

  /** The shapes of marks. */
  public enum Shape {
    /** Straight lines from each point to the next. */
    LINE,
    /** A dot at each point. */
    POINTS,
    /** A straight arrow from the first of two points to the second; its note is written at it. */
    ARROW
  }

  private Mark(Shape shape, String name, String note, double[] x, double[] y) {
    this.shape = shape;
    this.name = name;
    this.note = note;
    this.x = x;
    this.y = y;
    if (x.length != y.length || x.length == 0) {
      throw new IllegalArgumentException(
          "a mark must have points, with one y for each x: x=" + x.length + ", y=" + y.length);
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        throw new IllegalArgumentException(
            "points must be finite: index=" + i + ", x=" + x[i] + ", y=" + y[i]);
      }
    }
  }

  /**
   * Creates a line.
   *
   * @param name the series it belongs to; empty for a line that the legend leaves out
   * @param note what the legend says of the series; may be empty
   * @param x the horizontal places of its points; finite, at least one
   * @param y their vertical places, as many
   * @return the line
   * @throws IllegalArgumentException if the lengths differ, or a number is not finite
   */
  public static Mark line(String name, String note, double[] x, double[] y) {
    return of(Shape.LINE, name, note, x, y);
  }

  /**
   * Creates dots.
   *
   * @param name the series they belong to; empty for dots that the legend leaves out
   * @param note what the legend says of the series; may be empty
   * @param x the horizontal places of the dots; finite, at least one
   * @param y their vertical places, as many
   * @return the dots
   * @throws IllegalArgumentException if the lengths differ, or a number is not finite
   */
  public static Mark points(String name, String note, double[] x, double[] y) {
    return of(Shape.POINTS, name, note, x, y);
  }

  /**
   * Creates a horizontal arrow that belongs to no series.
   *
   * @param note what is written at it; may be empty
   * @param from where it begins
   * @param to where its head is
   * @param y its height
   * @return the arrow
   * @throws IllegalArgumentException if a number is not finite
   */
  public static Mark arrow(String note, double from, double to, double y) {
    return of(Shape.ARROW, "", note, new double[] {from, to}, new double[] {y, y});
  }

  private static Mark of(Shape shape, String name, String note, double[] x, double[] y) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    return new Mark(shape, name, note, x.clone(), y.clone());
  }

  /** {@return the shape} */
  public Shape shape() {
    return shape;
  }

  /** {@return the name of the series, or the empty string} */
  public String name() {
    return name;
  }

  /** {@return the note beside the name in the legend, or at the arrow; may be empty} */
  public String note() {
    return note;
  }

  /** {@return the number of points} */
  public int size() {
    return x.length;
  }

  /**
   * Returns the horizontal place of a point.
   *
   * @param point the point, from 0
   * @return its place, in the unit of the axis
   */
  public double x(int point) {
    return x[point];
  }

  /**
   * Returns the vertical place of a point.
   *
   * @param point the point, from 0
   * @return its place, in the unit of the axis
   */
  public double y(int point) {
    return y[point];
  }

  /** {@return a copy of the horizontal places} */
  public double[] x() {
    return x.clone();
  }

  /** {@return a copy of the vertical places} */
  public double[] y() {
    return y.clone();
  }

  /**
   * Returns a mark of few points that looks like this mark. Of each stretch of points that are
   * neighbors in x it keeps the lowest and the highest, so that no peak is lost.
   *
   * @param most the most points to keep, at least 2
   * @return this mark if it has no more points, else a mark whose points are in order of x
   */
  public Mark thinned(int most) {
    if (x.length <= most) {
      return this;
    }
    int[] order = inOrderOfX();
    int stretches = most / 2;
    int[] kept =
        IntStream.range(0, stretches)
            .flatMap(
                i ->
                    extremes(
                        order,
                        (int) ((long) i * x.length / stretches),
                        (int) ((long) (i + 1) * x.length / stretches)))
            .toArray();
    return new Mark(
        shape,
        name,
        note,
        Arrays.stream(kept).mapToDouble(point -> x[point]).toArray(),
        Arrays.stream(kept).mapToDouble(point -> y[point]).toArray());
  }

  private int[] inOrderOfX() {
    return IntStream.range(0, x.length)
        .boxed()
        .sorted(Comparator.comparingDouble(point -> x[point]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The lowest and the highest point of a stretch, in their order. */
  private IntStream extremes(int[] order, int from, int to) {
    int lowest = from;
    int highest = from;
    for (int i = from; i < to; i++) {
      lowest = y[order[i]] < y[order[lowest]] ? i : lowest;
      highest = y[order[i]] > y[order[highest]] ? i : highest;
    }
    return IntStream.of(Math.min(lowest, highest), Math.max(lowest, highest))
        .distinct()
        .map(i -> order[i]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mark that
        && shape == that.shape
        && name.equals(that.name)
        && note.equals(that.note)
        && Arrays.equals(x, that.x)
        && Arrays.equals(y, that.y);
  }

  @Override
  public int hashCode() {
    return Objects.hash(shape, name, note, Arrays.hashCode(x), Arrays.hashCode(y));
  }

  @Override
  public String toString() {
    return "Mark[" + shape + ", name=" + name + ", points=" + x.length + "]";
  }
}
