package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.pool.Coprocessor;
import java.util.Random;

/**
 * Orders series so that series with similar coordinates are near each other, and each block of the
 * table lies in a small box. Splits recursively in halves along the coordinate that varies most,
 * until a part fits a block (as in a k-d tree; Friedman, Bentley, Finkel, "An algorithm for finding
 * best matches in logarithmic expected time", 1977, doi:10.1145/355744.355745).
 */
final class BlockOrder {
  private static final int LANES = FloatColumns.LANES;

  /** The number of rows from which the variance of a coordinate is estimated. */
  private static final int SAMPLE = 64;

  private final FloatColumns coordinates;
  private final int[] ordinals;

  private BlockOrder(FloatColumns coordinates, int[] ordinals) {
    this.coordinates = coordinates;
    this.ordinals = ordinals;
  }

  /**
   * Orders series.
   *
   * @param coordinates their rows
   * @param live their ordinals
   * @return the ordinals in the new order; the same input gives the same order
   */
  static int[] order(FloatColumns coordinates, int[] live, Coprocessor pool) {
    if (coordinates.columns() == 0) {
      return live.clone(); // without vantage points nothing is known of who is near whom
    }
    BlockOrder clustering = new BlockOrder(coordinates, live.clone());
    int parts = 1;
    while (parts < 4 * pool.threads()) {
      parts *= 2;
    }
    int[] bounds = clustering.coarse(parts);
    pool.forEach(
        parts,
        1,
        (from, to) -> {
          for (int part = from; part < to; part++) {
            clustering.split(bounds[part], bounds[part + 1]);
          }
        });
    return clustering.ordinals;
  }

  /** Splits into a number of parts, a power of two; returns their starts and the end. */
  private int[] coarse(int parts) {
    int[] bounds = new int[parts + 1];
    bounds[parts] = ordinals.length;
    for (int step = parts; step > 1; step /= 2) {
      for (int part = 0; part < parts; part += step) {
        bounds[part + step / 2] = halve(bounds[part], bounds[part + step]);
      }
    }
    return bounds;
  }

  private void split(int from, int to) {
    if (to - from > LANES) {
      int middle = halve(from, to);
      split(from, middle);
      split(middle, to);
    }
  }

  /**
   * Halves a part along its widest coordinate, at the end of a block; returns the start of the
   * second half.
   */
  private int halve(int from, int to) {
    if (to - from <= LANES) {
      return to;
    }
    int blocks = (to - from + LANES - 1) / LANES;
    int middle = from + blocks / 2 * LANES;
    Random random = new Random(from * 31L + to);
    select(widest(from, to, random), from, to, middle, random);
    return middle;
  }

  private int widest(int from, int to, Random random) {
    int columns = coordinates.columns();
    double[] sum = new double[columns];
    double[] squares = new double[columns];
    float[] row = new float[columns];
    for (int i = 0; i < SAMPLE; i++) {
      coordinates.get(ordinals[from + random.nextInt(to - from)], row);
      for (int column = 0; column < columns; column++) {
        sum[column] += row[column];
        squares[column] += (double) row[column] * row[column];
      }
    }
    int widest = 0;
    double most = -1;
    for (int column = 0; column < columns; column++) {
      double variance = squares[column] - sum[column] * sum[column] / SAMPLE;
      if (variance > most) {
        most = variance;
        widest = column;
      }
    }
    return widest;
  }

  /**
   * Moves the rows with the least numbers in a column before a place (Hoare, "Algorithm 65: Find",
   * 1961, doi:10.1145/366622.366647).
   */
  private void select(int column, int from, int to, int place, Random random) {
    int low = from;
    int high = to - 1;
    while (low < high) {
      float pivot = number(column, low + random.nextInt(high - low + 1));
      int i = low;
      int j = high;
      while (i <= j) {
        while (number(column, i) < pivot) {
          i++;
        }
        while (number(column, j) > pivot) {
          j--;
        }
        if (i <= j) {
          int ordinal = ordinals[i];
          ordinals[i++] = ordinals[j];
          ordinals[j--] = ordinal;
        }
      }
      if (place <= j) {
        high = j;
      } else if (place >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private float number(int column, int i) {
    return coordinates.number(ordinals[i], column);
  }
}
