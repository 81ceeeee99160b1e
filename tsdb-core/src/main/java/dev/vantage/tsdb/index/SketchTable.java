package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.index.table.FloatRows;
import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.Metric;
import java.util.List;

/**
 * The sketches of all series, by ordinal. Written by one thread at a time, read without locks. The
 * floats of the first bound are stored by columns, because it may be applied to every series; the
 * further floats of later bounds are stored by rows, because they are applied to few series.
 */
public final class SketchTable {
  private final int[] ends;
  private final FloatColumns first;
  private final FloatRows[] rest;

  public SketchTable(Metric metric) {
    List<LowerBound> bounds = metric.lowerBounds();
    ends = bounds.stream().mapToInt(LowerBound::sketchSize).sorted().distinct().toArray();
    first = new FloatColumns(ends.length == 0 ? 0 : ends[0]);
    rest = new FloatRows[Math.max(0, ends.length - 1)];
    for (int tier = 0; tier < rest.length; tier++) {
      rest[tier] = new FloatRows(ends[tier + 1] - ends[tier]);
    }
  }

  /** Returns the count of numbers per sketch. */
  public int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /** Reserves memory for rows, so that different threads may fill different blocks. */
  public void reserve(int rows) {
    first.reserve(rows);
    for (FloatRows part : rest) {
      part.reserve(rows);
    }
  }

  public void set(int ordinal, float[] sketch) {
    if (ends.length == 0) {
      return;
    }
    first.set(ordinal, sketch);
    for (int tier = 0; tier < rest.length; tier++) {
      rest[tier].set(ordinal, sketch, ends[tier]);
    }
  }

  public void get(int ordinal, float[] sketch) {
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

  /** Returns the numbers for the first bound. */
  public FloatColumns first() {
    return first;
  }

  /** Returns the further numbers of each later bound, in their order. */
  public List<FloatRows> rest() {
    return List.of(rest);
  }

  /** Returns whether {@link #first} has all numbers of a bound. */
  public boolean isFirst(LowerBound bound) {
    return bound.sketchSize() == ends[0];
  }

  /**
   * Puts the first numbers of the sketch of a series into a lane.
   *
   * @param size the count of numbers
   * @param lanes receives the numbers: number j at {@code j * stride + lane}
   */
  public void gather(int ordinal, int size, float[] lanes, int stride, int lane) {
    float[] numbers = first.numbers(FloatColumns.block(ordinal));
    int target = lane;
    for (int i = FloatColumns.lane(ordinal); i < numbers.length; i += FloatColumns.LANES) {
      lanes[target] = numbers[i];
      target += stride;
    }
    for (int tier = 0; tier < rest.length && ends[tier] < size; tier++) {
      float[] block = rest[tier].block(ordinal);
      int offset = rest[tier].offset(ordinal);
      int end = offset + rest[tier].rowSize();
      for (int i = offset; i < end; i++) {
        lanes[target] = block[i];
        target += stride;
      }
    }
  }

  /**
   * Prefetches numbers that {@link #gather} will read.
   *
   * @return a sum, so that the compiler keeps the reads
   */
  public float fetch(int ordinal, int size) {
    float sum = 0;
    for (int tier = 0; tier < rest.length && ends[tier] < size; tier++) {
      float[] block = rest[tier].block(ordinal);
      int offset = rest[tier].offset(ordinal);
      int end = offset + rest[tier].rowSize();
      for (int i = offset; i < end; i += FloatColumns.FLOATS_PER_LINE) {
        sum += block[i];
      }
    }
    return sum;
  }

  long bytes() {
    long bytes = first.bytes();
    for (FloatRows rows : rest) {
      bytes += rows.bytes();
    }
    return bytes;
  }
}
