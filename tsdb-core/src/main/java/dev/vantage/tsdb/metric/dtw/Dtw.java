package dev.vantage.tsdb.metric.dtw;

import dev.vantage.tsdb.metric.elastic.ElasticDistance;
import java.util.Arrays;

/**
 * Dynamic time warping with a window (Sakoe, Chiba, "Dynamic programming algorithm optimization for
 * spoken word recognition", 1978, doi:10.1109/TASSP.1978.1163055): the root of the least sum of
 * squared differences over warping paths with {@code |i - j| <= window}.
 *
 * <p>Before the table is filled, each series is compared with the envelope of the other (Keogh,
 * Ratanamahatana, "Exact indexing of dynamic time warping", 2005, doi:10.1007/s10115-004-0154-9).
 * What the samples behind a row must still add narrows that row.
 */
final class Dtw implements ElasticDistance {
  /** Covers the rounding of sums of up to 131,072 terms. */
  private static final double SLACK = 1e-10;

  private final int length;
  private final int window;
  private final WarpingEnvelope xEnvelope;
  private final WarpingEnvelope yEnvelope;

  /** The series whose envelope is known: the query of a search meets many others. */
  private final double[] known;

  private boolean isKnown;

  /** What the samples of the second series from an index on add at least. */
  private final double[] rest;

  private final double[] row;

  Dtw(int length, int window) {
    this.length = length;
    this.window = window;
    xEnvelope = new WarpingEnvelope(length, window);
    yEnvelope = new WarpingEnvelope(length, window);
    known = new double[length];
    rest = new double[length + 1];
    row = new double[length];
  }

  @Override
  public double distance(double[] x, int xOffset, double[] y, int yOffset, double limit) {
    double squared = limit * limit * (1 + SLACK);
    if (limit == NONE) {
      Arrays.fill(rest, 0);
    } else {
      if (!isKnown || !Arrays.equals(known, 0, length, x, xOffset, xOffset + length)) {
        System.arraycopy(x, xOffset, known, 0, length);
        xEnvelope.fill(x, xOffset);
        isKnown = true;
      }
      if (fillRest(xEnvelope, y, yOffset) > squared || isBeyond(x, xOffset, y, yOffset, squared)) {
        return NONE;
      }
    }
    return Math.sqrt(table(x, xOffset, y, yOffset, squared));
  }

  /** Sums from the end what each sample outside an envelope adds at least. */
  private double fillRest(WarpingEnvelope envelope, double[] y, int yOffset) {
    double sum = 0;
    rest[length] = 0;
    for (int j = length - 1; j >= 0; j--) {
      double gap = envelope.gap(j, y[yOffset + j]);
      sum += gap * gap;
      rest[j] = sum * (1 - SLACK);
    }
    return rest[0];
  }

  private boolean isBeyond(double[] x, int xOffset, double[] y, int yOffset, double squared) {
    yEnvelope.fill(y, yOffset);
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double gap = yEnvelope.gap(i, x[xOffset + i]);
      sum += gap * gap;
    }
    return sum * (1 - SLACK) > squared;
  }

  private double table(double[] x, int xOffset, double[] y, int yOffset, double squared) {
    int begin = 0;
    int end = 0;
    for (int i = 0; i < length; i++) {
      double sample = x[xOffset + i];
      int from = Math.max(begin, i - window);
      int to = Math.min(length, i + window + 1);
      // Samples of the second series from the end of this window on are matched in later rows.
      double limit = squared - rest[to];
      double diagonal =
          i == 0 ? 0 : from > 0 && from > begin && from - 1 < end ? row[from - 1] : NONE;
      double left = NONE;
      int first = length;
      int last = from;
      for (int j = from; j < to; j++) {
        double up = j < end ? row[j] : NONE;
        if (j >= end && left > limit && diagonal > limit) {
          break;
        }
        double difference = sample - y[yOffset + j];
        double cell = Math.min(diagonal, Math.min(up, left)) + difference * difference;
        diagonal = up;
        left = cell;
        row[j] = cell;
        if (cell <= limit) {
          first = Math.min(first, j);
          last = j + 1;
        }
      }
      if (first == length) {
        return NONE;
      }
      begin = first;
      end = last;
    }
    return end == length ? row[length - 1] : NONE;
  }

  @Override
  public StepCosts costs(double[] x, int xOffset, double[] y, int yOffset) {
    return new StepCosts() {
      @Override
      public double match(int i, int j) {
        double difference = x[xOffset + i] - y[yOffset + j];
        return Math.abs(i - j) > window ? NONE : difference * difference;
      }

      @Override
      public double down(int i, int j) {
        return j < 0 ? NONE : match(i, j);
      }

      @Override
      public double right(int i, int j) {
        return i < 0 ? NONE : match(i, j);
      }
    };
  }
}
