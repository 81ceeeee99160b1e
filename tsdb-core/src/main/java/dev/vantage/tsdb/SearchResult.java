package dev.vantage.tsdb;

import dev.vantage.tsdb.series.Attributes;
import java.util.List;
import java.util.Objects;

/**
 * The answer to a query. Immutable.
 *
 * @param neighbors the neighbors, ordered by distance, then by id; unmodifiable
 * @param attributes for each neighbor, in the same order, those of the attributes that {@link
 *     Query#selecting} names that it has, with their values in the snapshot that was searched;
 *     empty if the query selects no attributes; unmodifiable
 * @param matches for each neighbor, in the same order, what the distance says of the match beyond
 *     distance and lag; empty if it says nothing; unmodifiable
 * @param report the cost of the search, and whether the answer is exact
 */
public record SearchResult(
    List<Neighbor> neighbors,
    List<Attributes> attributes,
    List<Match> matches,
    SearchReport report) {
  /**
   * Creates an answer.
   *
   * @param neighbors the neighbors; copied
   * @param attributes the selected attributes of each neighbor, or empty; copied
   * @param matches the match of each neighbor, or empty; copied
   * @param report the cost of the search
   * @throws IllegalArgumentException if there are attributes or matches, but not of each neighbor
   */
  public SearchResult {
    Objects.requireNonNull(neighbors, "neighbors");
    Objects.requireNonNull(attributes, "attributes");
    Objects.requireNonNull(report, "report");
    neighbors = List.copyOf(neighbors);
    attributes = List.copyOf(attributes);
    matches = List.copyOf(Objects.requireNonNull(matches, "matches"));
    check("attributes", attributes.size(), neighbors.size());
    check("matches", matches.size(), neighbors.size());
  }

  private static void check(String what, int count, int neighbors) {
    if (count != 0 && count != neighbors) {
      throw new IllegalArgumentException(
          what
              + " must be those of each neighbor: neighbors="
              + neighbors
              + ", "
              + what
              + "="
              + count);
    }
  }

  /**
   * Creates an answer without matches.
   *
   * @param neighbors the neighbors; copied
   * @param attributes the selected attributes of each neighbor, or empty; copied
   * @param report the cost of the search
   * @throws IllegalArgumentException if there are attributes, but not of each neighbor
   */
  public SearchResult(List<Neighbor> neighbors, List<Attributes> attributes, SearchReport report) {
    this(neighbors, attributes, List.of(), report);
  }

  /**
   * Creates an answer without attributes.
   *
   * @param neighbors the neighbors; copied
   * @param report the cost of the search
   */
  public SearchResult(List<Neighbor> neighbors, SearchReport report) {
    this(neighbors, List.of(), List.of(), report);
  }
}
