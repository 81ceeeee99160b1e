package dev.vantage.tsdb;

import java.util.Objects;

/**
 * A stored series near the query. Immutable.
 *
 * @param id its id
 * @param distance its distance from the query, at least 0
 * @param lag the best lag if the distance aligns by shifts, else 0: the smallest circular shift
 *     {@code s} at which the query's value at {@code t} best matches the neighbor's at {@code t +
 *     s}, in samples, 0 to length - 1
 */
public record Neighbor(String id, double distance, int lag) {
  public Neighbor {
    Objects.requireNonNull(id, "id");
  }
}
