package dev.vantage.tsdb.metric.dtw;

import dev.vantage.tsdb.metric.elastic.ElasticDistance;

/**
 * The least and the greatest sample of a series within a window around each index, in linear time
 * (Lemire, "Faster retrieval with a two-pass dynamic-time-warping lower bound", 2009,
 * doi:10.1016/j.patcog.2008.11.030). Not thread-safe.
 */
final class WarpingEnvelope {
  private final int length;
  private final int window;
  private final double[] lower;
  private final double[] upper;
  private final int[] queue;

  WarpingEnvelope(int length, int window) {
    this.length = length;
    this.window = window;
    lower = new double[length];
    upper = new double[length];
    queue = new int[length];
  }

  void fill(double[] samples, int offset) {
    fill(samples, offset, 1, upper);
    fill(samples, offset, -1, lower);
  }

  /** Fills with the greatest samples, or with the least ones if the sign is negative. */
  private void fill(double[] samples, int offset, int sign, double[] into) {
    int head = 0;
    int tail = 0;
    for (int next = 0; next < length + window; next++) {
      if (next < length) {
        double sample = sign * samples[offset + next];
        while (tail > head && sign * samples[offset + queue[tail - 1]] <= sample) {
          tail--;
        }
        queue[tail++] = next;
      }
      int at = next - window;
      if (at >= 0) {
        while (queue[head] < at - window) {
          head++;
        }
        into[at] = samples[offset + queue[head]];
      }
    }
  }

  double lower(int index) {
    return lower[index];
  }

  double upper(int index) {
    return upper[index];
  }

  /** Returns how far a sample lies outside at an index. */
  double gap(int index, double sample) {
    return ElasticDistance.gap(sample, lower[index], upper[index]);
  }
}
