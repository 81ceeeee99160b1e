package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.table.FloatColumns;
import java.util.Arrays;

/**
 * A bounding box for each block of {@link FloatColumns}: the least and the greatest number of each
 * column. Boxes are widened in place by the single writer and read without locks; a box that is
 * wider than a search needs is still correct.
 */
public final class BoundingBoxes {
  private final int columns;
  private volatile Bounds bounds;

  /**
   * A snapshot of the boxes.
   *
   * @param least the least numbers, by column, then by block; must not be changed
   * @param greatest the greatest numbers
   */
  public record Bounds(float[][] least, float[][] greatest) {
    /** Returns how many blocks have a box; later blocks contain no series. */
    public int blocks() {
      return least.length == 0 ? 0 : least[0].length;
    }
  }

  BoundingBoxes(int columns) {
    this.columns = columns;
    bounds = new Bounds(new float[columns][0], new float[columns][0]);
  }

  public Bounds bounds() {
    return bounds;
  }

  /** Reserves memory for boxes, so that different threads may widen different blocks. */
  void reserve(int blocks) {
    Bounds old = bounds;
    int size = columns == 0 ? 0 : old.least[0].length;
    if (columns == 0 || size >= blocks) {
      return;
    }
    int newSize = blocks + (blocks >> 3);
    float[][] least = new float[columns][];
    float[][] greatest = new float[columns][];
    for (int column = 0; column < columns; column++) {
      least[column] = Arrays.copyOf(old.least[column], newSize);
      greatest[column] = Arrays.copyOf(old.greatest[column], newSize);
      Arrays.fill(least[column], size, newSize, Float.POSITIVE_INFINITY);
      Arrays.fill(greatest[column], size, newSize, Float.NEGATIVE_INFINITY);
    }
    bounds = new Bounds(least, greatest);
  }

  /** Widens the box of a block so that it holds a row. */
  void widen(int block, float[] row) {
    Bounds current = bounds;
    for (int column = 0; column < columns; column++) {
      current.least[column][block] = Math.min(current.least[column][block], row[column]);
      current.greatest[column][block] = Math.max(current.greatest[column][block], row[column]);
    }
  }

  long bytes() {
    return columns == 0 ? 0 : 2L * columns * bounds.least[0].length * Float.BYTES;
  }
}
