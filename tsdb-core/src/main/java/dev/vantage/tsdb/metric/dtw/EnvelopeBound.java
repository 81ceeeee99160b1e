package dev.vantage.tsdb.metric.dtw;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.Arrays;

/**
 * Compares the means of one series over segments with the means of the envelope of another. The sum
 * of squared gaps of a segment is at least its length times the squared gap of the means, because
 * the squared gap is convex. The greater of both directions is the bound. Immutable.
 */
final class EnvelopeBound implements LowerBound {
  /** The numbers of a segment: mean, rounded down and up; mean of the envelope below and above. */
  static final int NUMBERS = 4;

  private static final float LEAST = 1e-30f;

  private static final double COST_OF_SEGMENT = 0.00005;

  private final int begin;
  private final int segments;
  private final int width;

  /**
   * Creates a bound.
   *
   * @param begin the first float of its segments in a sketch
   * @param segments how many segments
   * @param width the samples of a segment
   */
  EnvelopeBound(int begin, int segments, int width) {
    this.begin = begin;
    this.segments = segments;
    this.width = width;
  }

  @Override
  public String name() {
    return "envelope-" + segments;
  }

  @Override
  public double cost() {
    return COST_OF_SEGMENT * segments;
  }

  @Override
  public int sketchSize() {
    return begin + NUMBERS * segments;
  }

  @Override
  public Evaluator evaluator(float[] sketch) {
    float[] query = Arrays.copyOf(sketch, sketchSize());
    float[] other = new float[Evaluator.LANES];
    return (sketches, stride, from, to, bounds) -> {
      Arrays.fill(bounds, from, to, 0f);
      Arrays.fill(other, 0f);
      for (int j = begin; j < sketchSize(); j += NUMBERS) {
        int low = j * stride;
        addGaps(sketches, low, low + stride, query[j + 2], query[j + 3], from, to, bounds, 0);
        int lower = low + 2 * stride;
        addGaps(sketches, lower, lower + stride, query[j], query[j + 1], from, to, other, from);
      }
      float kept = width * (1 - (segments + 8) * 0x1p-23f);
      for (int lane = from; lane < to; lane++) {
        float bound = Math.max(bounds[lane], other[lane - from]) * kept;
        bounds[lane] = bound < LEAST ? 0f : bound; // denormal floats are not exact enough
      }
    };
  }

  /** Adds the squared gaps between the interval of each lane and the interval of the query. */
  private static void addGaps(
      float[] sketches,
      int low,
      int high,
      float least,
      float greatest,
      int from,
      int to,
      float[] sums,
      int shift) {
    for (int lane = from; lane < to; lane++) {
      float gap =
          Math.max(Math.max(sketches[low + lane] - greatest, least - sketches[high + lane]), 0f);
      sums[lane - shift] += gap * gap;
    }
  }
}
