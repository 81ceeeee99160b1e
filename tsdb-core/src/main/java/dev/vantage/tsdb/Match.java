package dev.vantage.tsdb;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How the query and a neighbor match, beyond their distance and lag, as far as the distance of the
 * database says it. Immutable.
 */
public final class Match {
  /** A match of which nothing more is known. */
  public static final Match PLAIN = new Match(Double.NaN, false, List.of());

  /** The shape-based distance; NaN stands for a distance that has none. */
  private final double shapeDistance;

  private final boolean reversed;
  private final List<Pair> alignment;

  /**
   * Two samples that an elastic distance matches.
   *
   * @param query the index of the sample of the query, from 0
   * @param neighbor the index of the sample of the neighbor, from 0
   */
  public record Pair(int query, int neighbor) {}

  private Match(double shapeDistance, boolean reversed, List<Pair> alignment) {
    this.shapeDistance = shapeDistance;
    this.reversed = reversed;
    this.alignment = alignment;
  }

  /**
   * Adds the shape-based distance.
   *
   * @param distance one minus the greatest correlation of all shifts, 0 to 2
   * @return a copy with that distance
   * @throws InvalidRequestException if the distance is not finite
   */
  public Match withShapeDistance(double distance) {
    if (!Double.isFinite(distance)) {
      throw new InvalidRequestException("distance must be finite: distance=" + distance);
    }
    return new Match(distance, reversed, alignment);
  }

  /** {@return a copy in which the neighbor matches with its time reversed} */
  public Match reversed() {
    return new Match(shapeDistance, true, alignment);
  }

  /**
   * Adds the samples that match.
   *
   * @param pairs the pairs, from the first samples to the last; copied
   * @return a copy with these pairs
   */
  public Match withAlignment(List<Pair> pairs) {
    Objects.requireNonNull(pairs, "pairs");
    return new Match(shapeDistance, reversed, List.copyOf(pairs));
  }

  /**
   * {@return the shape-based distance, one minus the greatest correlation of all shifts; empty for
   * a distance that has none}
   */
  public OptionalDouble shapeDistance() {
    return Double.isNaN(shapeDistance) ? OptionalDouble.empty() : OptionalDouble.of(shapeDistance);
  }

  /**
   * {@return whether the neighbor matches with its time reversed: the value of the query at t
   * matches that of the neighbor at {@code (lag - t) mod length}}
   */
  public boolean isReversed() {
    return reversed;
  }

  /**
   * {@return the samples that match, from the first to the last; empty unless {@link Query#aligned}
   * asks for them and the distance is an elastic one; unmodifiable}
   */
  public List<Pair> alignment() {
    return alignment;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Match match
        && Double.compare(shapeDistance, match.shapeDistance) == 0
        && reversed == match.reversed
        && alignment.equals(match.alignment);
  }

  @Override
  public int hashCode() {
    return Objects.hash(shapeDistance, reversed, alignment);
  }

  @Override
  public String toString() {
    return "shape distance "
        + (Double.isNaN(shapeDistance) ? "none" : shapeDistance)
        + (reversed ? ", reversed" : "")
        + ", "
        + alignment.size()
        + " pairs";
  }
}
