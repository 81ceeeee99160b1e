package dev.vantage.tsdb;

import dev.vantage.tsdb.condition.Condition;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query for ids, in order, from the first id or after a given one, optionally restricted by a
 * condition. Immutable.
 *
 * <pre>{@code
 * IdQuery.first(100).after("rr-1").where("band = 'g'")
 * }</pre>
 */
public final class IdQuery {
  private final int limit;
  private final String after;
  private final @Nullable Condition where;

  private IdQuery(int limit, String after, @Nullable Condition where) {
    this.limit = limit;
    this.after = after;
    this.where = where;
  }

  /**
   * Asks for the first ids.
   *
   * @param limit the most ids to list, at least 1
   * @return the query
   * @throws InvalidRequestException if the limit is less than 1
   */
  public static IdQuery first(int limit) {
    if (limit < 1) {
      throw new InvalidRequestException("limit must be >= 1: limit=" + limit);
    }
    return new IdQuery(limit, "", null);
  }

  /**
   * Asks for all ids.
   *
   * @return the query
   */
  public static IdQuery all() {
    return first(Integer.MAX_VALUE);
  }

  /**
   * Asks for ids after a given one.
   *
   * @param after the string after which to start; need not be the id of a series
   * @return a copy that starts there
   */
  public IdQuery after(String after) {
    return new IdQuery(limit, Objects.requireNonNull(after, "after"), where);
  }

  /**
   * Asks for the ids of series that meet a condition.
   *
   * @param condition the condition; replaces an earlier condition
   * @return a copy with that condition
   */
  public IdQuery where(Condition condition) {
    return new IdQuery(limit, after, Objects.requireNonNull(condition, "condition"));
  }

  /**
   * Asks for the ids of series that meet a condition.
   *
   * @param condition the condition, in the syntax of {@link Condition#parse}
   * @return a copy with that condition
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if the condition cannot be parsed
   */
  public IdQuery where(String condition) {
    Objects.requireNonNull(condition, "condition");
    return where(Condition.parse(condition));
  }

  /** {@return the most ids to list} */
  public int limit() {
    return limit;
  }

  /** {@return the string after which to start; the empty string to start at the first id} */
  public String after() {
    return after;
  }

  /** {@return the condition that series must meet, or empty if there is no condition} */
  public Optional<Condition> where() {
    return Optional.ofNullable(where);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IdQuery query
        && limit == query.limit
        && after.equals(query.after)
        && Objects.equals(where, query.where);
  }

  @Override
  public int hashCode() {
    return Objects.hash(limit, after, where);
  }

  @Override
  public String toString() {
    return (limit == Integer.MAX_VALUE ? "all" : "first " + limit)
        + (after.isEmpty() ? "" : ", after " + after)
        + (where == null ? "" : ", where " + where);
  }
}
