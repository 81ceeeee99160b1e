package dev.vantage.tsdb.benchmarks.rival;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The neighbors of a query, ordered by distance, then by position. Immutable.
 *
 * @param positions their positions in the collection; not to be changed
 * @param distances their distances; not to be changed
 */
public record RivalAnswer(int[] positions, double[] distances) {
  /** The maximum difference between two computations of one distance. */
  private static final double TOLERANCE = 1e-9;

  /** A neighbor of an unfinished answer. */
  record Hit(int position, double distance) {}

  static RivalAnswer of(List<Hit> hits) {
    List<Hit> sorted =
        hits.stream()
            .sorted(Comparator.comparingDouble(Hit::distance).thenComparingInt(Hit::position))
            .toList();
    return new RivalAnswer(
        sorted.stream().mapToInt(Hit::position).toArray(),
        sorted.stream().mapToDouble(Hit::distance).toArray());
  }

  RivalAnswer first(int k) {
    return new RivalAnswer(Arrays.copyOf(positions, k), Arrays.copyOf(distances, k));
  }

  /**
   * Compares this answer with the right one.
   *
   * @param right the answer of the linear scan
   * @return whether positions are equal and distances too, up to rounding
   */
  public boolean agreesWith(RivalAnswer right) {
    return Arrays.equals(positions, right.positions)
        && IntStream.range(0, distances.length)
            .allMatch(i -> Math.abs(distances[i] - right.distances[i]) <= TOLERANCE);
  }

  @Override
  public String toString() {
    return "positions=" + Arrays.toString(positions) + ", distances=" + Arrays.toString(distances);
  }
}
