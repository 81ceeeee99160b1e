package dev.vantage.tsdb.search;

import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.Metric;
import java.util.List;

/**
 * The sketches of all series, by ordinal: what the metric's lower bounds look at. What the first
 * bound needs is kept by columns, because it may meet every series; what later ones need beyond
 * that by rows, because they meet few. Written by one thread at a time, read without locks.
 */
final class SketchTable {
  private final int[] ends;
  private final FloatColumns first;
  private final FloatRows[] rest;

  SketchTable(Metric metric) {
    List<LowerBound> bounds = metric.lowerBounds();
    ends = bounds.stream().mapToInt(LowerBound::sketchSize).sorted().distinct().toArray();
    first = new FloatColumns(ends.length == 0 ? 0 : ends[0]);
    rest = new FloatRows[Math.max(0, ends.length - 1)];
    for (int tier = 0; tier < rest.length; tier++) {
      rest[tier] = new FloatRows(ends[tier + 1] - ends[tier]);
    }
  }

  /** Numbers per sketch. */
  int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /** Makes room, so that different blocks may be filled by different threads. */
  void reserve(int rows) {
    first.reserve(rows);
    for (FloatRows part : rest) {
      part.reserve(rows);
    }
  }

  void set(int ordinal, float[] sketch) {
    if (ends.length == 0) {
      return;
    }
    first.set(ordinal, sketch);
    for (int tier = 0; tier < rest.length; tier++) {
      rest[tier].set(ordinal, sketch, ends[tier]);
    }
  }

  void get(int ordinal, float[] sketch) {
    if (ends.length == 0) {
      return;
    }
    first.get(ordinal, sketch);
    for (int tier = 0; tier < rest.length; tier++) {
      FloatRows rows = rest[tier];
      System.arraycopy(
          rows.block(ordinal), rows.offset(ordinal), sketch, ends[tier], rows.rowSize());
    }
  }

  /** What the first bound needs. */
  FloatColumns first() {
    return first;
  }

  /** What later bounds need beyond that, one after the other. */
  List<FloatRows> rest() {
    return List.of(rest);
  }

  /** Whether {@link #first} has all that a bound looks at. */
  boolean isFirst(LowerBound bound) {
    return bound.sketchSize() == ends[0];
  }

  /**
   * Puts the first numbers of the sketches of some series into lanes.
   *
   * @param ordinals the ordinals by lane; those asked for are of one block of {@link FloatColumns}
   * @param from the first lane to fill
   * @param to the lane after the last
   * @param size how many numbers are needed
   * @param lanes where they go: number j of a lane to {@code j * stride + lane}
   */
  void gather(int[] ordinals, int from, int to, int size, float[] lanes, int stride) {
    float[] numbers = first.numbers(FloatColumns.block(ordinals[from]));
    for (int column = 0; column < ends[0]; column++) {
      int source = column * FloatColumns.LANES;
      int target = column * stride;
      for (int lane = from; lane < to; lane++) {
        lanes[target + lane] = numbers[source + FloatColumns.lane(ordinals[lane])];
      }
    }
    for (int tier = 0; tier < rest.length && ends[tier] < size; tier++) {
      gatherRows(rest[tier], ordinals, from, to, lanes, stride, ends[tier]);
    }
  }

  private static void gatherRows(
      FloatRows rows, int[] ordinals, int from, int to, float[] lanes, int stride, int first) {
    int size = rows.rowSize();
    float[] together = new float[(to - from) * size];
    for (int lane = from; lane < to; lane++) {
      // Apart from the rest, so that the memory is asked for many rows at once.
      int ordinal = ordinals[lane];
      System.arraycopy(
          rows.block(ordinal), rows.offset(ordinal), together, (lane - from) * size, size);
    }
    for (int i = 0; i < size; i++) {
      int target = (first + i) * stride;
      for (int lane = from; lane < to; lane++) {
        lanes[target + lane] = together[(lane - from) * size + i];
      }
    }
  }

  long bytes() {
    long bytes = first.bytes();
    for (FloatRows rows : rest) {
      bytes += rows.bytes();
    }
    return bytes;
  }
}
