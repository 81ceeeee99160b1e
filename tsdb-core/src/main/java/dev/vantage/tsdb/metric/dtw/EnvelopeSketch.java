package dev.vantage.tsdb.metric.dtw;

import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.elastic.ElasticMetric.SampleSketch;
import java.util.ArrayList;
import java.util.List;

/**
 * Means of the samples and of their envelope over segments of equal length (Zhu, Shasha, "Warping
 * indexes with envelope transforms for query by humming", 2003, doi:10.1145/872757.872780), of few
 * segments first. Immutable.
 */
final class EnvelopeSketch implements SampleSketch {
  private static final int[] SEGMENTS = {8, 32};

  private final int length;
  private final int window;
  private final List<LowerBound> bounds = new ArrayList<>();
  private final int size;

  EnvelopeSketch(int length, int window) {
    this.length = length;
    this.window = window;
    int begin = 0;
    for (int segments : SEGMENTS) {
      if (segments < length) {
        bounds.add(new EnvelopeBound(begin, segments, length / segments));
        begin += EnvelopeBound.NUMBERS * segments;
      }
    }
    size = begin;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void write(double[] samples, int offset, float[] sketch, int sketchOffset) {
    WarpingEnvelope envelope = new WarpingEnvelope(length, window);
    envelope.fill(samples, offset);
    int at = sketchOffset;
    for (int i = 0; i < bounds.size(); i++) {
      int width = length / SEGMENTS[i];
      for (int from = 0; from < length; from += width) {
        double mean = 0;
        double lower = 0;
        double upper = 0;
        double magnitude = 0;
        for (int t = from; t < from + width; t++) {
          mean += samples[offset + t];
          lower += envelope.lower(t);
          upper += envelope.upper(t);
          magnitude += Math.max(Math.abs(envelope.lower(t)), Math.abs(envelope.upper(t)));
        }
        // Covers the rounding: envelopes get wider, and the mean is an interval.
        float slack = (float) (magnitude / width * 0x1p-22) + Float.MIN_NORMAL;
        sketch[at++] = (float) (mean / width) - slack;
        sketch[at++] = (float) (mean / width) + slack;
        sketch[at++] = (float) (lower / width) - slack;
        sketch[at++] = (float) (upper / width) + slack;
      }
    }
  }

  @Override
  public List<LowerBound> bounds() {
    return List.copyOf(bounds);
  }
}
