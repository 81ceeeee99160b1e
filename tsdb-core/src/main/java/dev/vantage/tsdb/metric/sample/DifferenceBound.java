package dev.vantage.tsdb.metric.sample;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.Arrays;
import java.util.List;

/**
 * The Euclidean distance of the first numbers of two sketches, for distances of which it is a lower
 * bound. Immutable.
 *
 * <p>The first float of a sketch is the greatest error of its other floats together, as the norm of
 * a vector, rounded up: by those errors the distance of two sketches is too great at most.
 */
final class DifferenceBound implements LowerBound {
  private static final float LEAST = 1e-15f;

  private final String name;
  private final List<Part> parts;
  private final int tail;
  private final double cost;

  /** A range of floats of a sketch. */
  record Part(int from, int to) {}

  /**
   * Creates a bound.
   *
   * @param name its name in reports
   * @param parts the numbers of the sketch that count
   * @param tail the place of one more number that counts: the norm of all that is left out
   * @param cost the cost of one bound, as a fraction of the cost of an exact distance
   */
  DifferenceBound(String name, List<Part> parts, int tail, double cost) {
    this.name = name;
    this.parts = List.copyOf(parts);
    this.tail = tail;
    this.cost = cost;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double cost() {
    return cost;
  }

  @Override
  public int sketchSize() {
    return parts.get(parts.size() - 1).to;
  }

  @Override
  public Evaluator evaluator(float[] sketch) {
    float[] query = Arrays.copyOf(sketch, sketchSize());
    return (sketches, stride, first, end, bounds) -> {
      Arrays.fill(bounds, first, end, 0f);
      add(sketches, tail * stride, query[tail], first, end, bounds);
      for (Part part : parts) {
        for (int j = part.from; j < part.to; j++) {
          add(sketches, j * stride, query[j], first, end, bounds);
        }
      }
      reduce(sketches, query[0], first, end, bounds);
    };
  }

  private static void add(
      float[] sketches, int column, float number, int first, int end, float[] sums) {
    for (int lane = first; lane < end; lane++) {
      float difference = sketches[column + lane] - number;
      sums[lane] += difference * difference;
    }
  }

  /** Reduces the sums by the errors of both sketches, and by the rounding of the sum itself. */
  private void reduce(float[] sketches, float error, int first, int end, float[] sums) {
    float kept = 1 - (sketchSize() + 8) * 0x1p-24f;
    for (int lane = first; lane < end; lane++) {
      float distance = (float) Math.sqrt(sums[lane]) * kept - (error + sketches[lane]);
      // Squares of smaller numbers would be denormal, and not exact enough.
      sums[lane] = distance < LEAST ? 0f : distance * distance * (1 - 0x1p-21f);
    }
  }
}
