package dev.vantage.tsdb;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A similarity query. Immutable. Asks for the series that are nearest to a stored or a given
 * series, for all series within a radius of it, or for a limited number within a radius. A
 * condition can restrict the answer, and the answer can have attributes of the neighbors.
 *
 * <pre>{@code
 * Query.like("rr-1").nearest(5).where("band = 'g'")
 * Query.like(series).within(0.2).selecting("type", "period")
 * }</pre>
 *
 * <p>A query with neither a number of neighbors nor a radius asks for the {@link #DEFAULT_K}
 * nearest.
 */
public final class Query {
  /** The {@code k} of a query that is limited only by its radius. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** The {@code k} of a query with neither a number of neighbors nor a radius. */
  public static final int DEFAULT_K = 5;

  /** The maximum number of attributes that a query selects. */
  public static final int MAX_SELECTED = 100;

  private final @Nullable String id;
  private final @Nullable TimeSeries series;
  private final Limits limits;
  private final Budget budget;
  private final @Nullable Condition where;
  private final Wanted wanted;

  /** What is answered of each neighbor. */
  private record Wanted(List<String> selected, boolean isAligned) {
    static final Wanted NOTHING = new Wanted(List.of(), false);
  }

  /** The most neighbors, the largest distance, and whether the query itself may be a neighbor. */
  private record Limits(@Nullable Integer k, @Nullable Double radius, boolean includeSelf) {
    static final Limits NONE = new Limits(null, null, false);
  }

  private Query(
      @Nullable String id,
      @Nullable TimeSeries series,
      Limits limits,
      Budget budget,
      @Nullable Condition where,
      Wanted wanted) {
    this.id = id;
    this.series = series;
    this.limits = limits;
    this.budget = budget;
    this.where = where;
    this.wanted = wanted;
  }

  private static Query about(@Nullable String id, @Nullable TimeSeries series) {
    return new Query(id, series, Limits.NONE, Budget.UNLIMITED, null, Wanted.NOTHING);
  }

  /**
   * Asks for series like a stored one.
   *
   * @param id the id of the stored series
   * @return the query
   */
  public static Query like(String id) {
    return about(Objects.requireNonNull(id, "id"), null);
  }

  /**
   * Asks for series like a given one.
   *
   * @param series the points of the series
   * @return the query
   */
  public static Query like(TimeSeries series) {
    return about(null, Objects.requireNonNull(series, "series"));
  }

  /**
   * Asks the same query about a stored series.
   *
   * @param id the id of the stored series
   * @return a copy that asks about it
   */
  public Query about(String id) {
    Objects.requireNonNull(id, "id");
    return new Query(id, null, limits, budget, where, wanted);
  }

  /**
   * Asks the same query about a given series.
   *
   * @param series the points of the series
   * @return a copy that asks about it
   */
  public Query about(TimeSeries series) {
    Objects.requireNonNull(series, "series");
    return new Query(null, series, limits, budget, where, wanted);
  }

  private Query with(Limits limits) {
    return new Query(id, series, limits, budget, where, wanted);
  }

  /**
   * Limits the number of neighbors.
   *
   * @param k the most neighbors, at least 1; {@link #UNLIMITED} for no limit
   * @return a copy with that limit
   * @throws InvalidRequestException if k is less than 1
   */
  public Query nearest(int k) {
    if (k < 1) {
      throw new InvalidRequestException("k must be >= 1: k=" + k);
    }
    return with(new Limits(k, limits.radius, limits.includeSelf));
  }

  /**
   * Limits the distance of neighbors. Unless {@link #nearest} limits their number, the query asks
   * for all series within the radius.
   *
   * @param radius the largest distance, at least 0; positive infinity for no limit
   * @return a copy with that limit
   * @throws InvalidRequestException if the radius is negative or NaN
   */
  public Query within(double radius) {
    if (!(radius >= 0)) {
      throw new InvalidRequestException("radius must be >= 0: radius=" + radius);
    }
    return with(new Limits(limits.k, radius, limits.includeSelf));
  }

  /**
   * Includes the stored series that the query is about in the answer.
   *
   * @return a copy that includes it
   */
  public Query includingSelf() {
    return with(new Limits(limits.k, limits.radius, true));
  }

  /**
   * Lets the search stop before its answer is exact.
   *
   * @param budget what the search may spend
   * @return a copy with that budget
   */
  public Query withBudget(Budget budget) {
    Objects.requireNonNull(budget, "budget");
    return new Query(id, series, limits, budget, where, wanted);
  }

  /**
   * Asks only for series that meet a condition. The search finds as many neighbors as if no other
   * series were stored.
   *
   * @param condition the condition that neighbors must meet; replaces an earlier condition
   * @return a copy with that condition
   */
  public Query where(Condition condition) {
    Objects.requireNonNull(condition, "condition");
    return new Query(id, series, limits, budget, condition, wanted);
  }

  /**
   * Asks only for series that meet a condition, as {@link #where(Condition)} does.
   *
   * @param condition the condition that neighbors must meet, in the syntax of {@link
   *     Condition#parse}
   * @return a copy with that condition
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if the condition cannot be parsed
   */
  public Query where(String condition) {
    Objects.requireNonNull(condition, "condition");
    return where(Condition.parse(condition));
  }

  /**
   * Asks for attributes of the neighbors, with {@link SearchResult#attributes}. The first search
   * that selects attributes or has a condition reads the attributes of all series into memory.
   *
   * @param attributes the names of declared or built-in attributes, at most {@link #MAX_SELECTED}
   *     different ones; replaces an earlier selection
   * @return a copy that selects these attributes
   * @throws InvalidRequestException if there are more names
   */
  public Query selecting(String... attributes) {
    Objects.requireNonNull(attributes, "attributes");
    return selecting(List.of(attributes));
  }

  /**
   * Asks for attributes of the neighbors, as {@link #selecting(String...)} does.
   *
   * @param attributes the names of attributes; replaces an earlier selection
   * @return a copy that selects these attributes
   * @throws InvalidRequestException if there are more than {@link #MAX_SELECTED} different names
   */
  public Query selecting(List<String> attributes) {
    Objects.requireNonNull(attributes, "attributes");
    List<String> names = List.copyOf(attributes).stream().distinct().toList();
    if (names.size() > MAX_SELECTED) {
      throw new InvalidRequestException(
          "attributes must be at most " + MAX_SELECTED + ": attributes=" + names.size());
    }
    return with(new Wanted(names, wanted.isAligned));
  }

  /**
   * Asks for the samples that match, with {@link SearchResult#matches}, if the distance is an
   * elastic one. Cost: the square of the length for each neighbor.
   *
   * @return a copy that asks for them
   */
  public Query aligned() {
    return with(new Wanted(wanted.selected, true));
  }

  private Query with(Wanted wanted) {
    return new Query(id, series, limits, budget, where, wanted);
  }

  /**
   * {@return the id of the stored series that the query is about, or empty if a series was given}
   */
  public Optional<String> id() {
    return Optional.ofNullable(id);
  }

  /** {@return the given series that the query is about, or empty if it is a stored series} */
  public Optional<TimeSeries> series() {
    return Optional.ofNullable(series);
  }

  /** {@return the most neighbors; {@link #UNLIMITED} for all within the radius} */
  public int k() {
    if (limits.k != null) {
      return limits.k;
    }
    return limits.radius != null ? UNLIMITED : DEFAULT_K;
  }

  /** {@return the largest distance; positive infinity for no limit} */
  public double radius() {
    return limits.radius != null ? limits.radius : Double.POSITIVE_INFINITY;
  }

  /** {@return whether a search by id may include that id in its answer} */
  public boolean includeSelf() {
    return limits.includeSelf;
  }

  /** {@return what the search may spend before it stops with the best neighbors found so far} */
  public Budget budget() {
    return budget;
  }

  /** {@return the condition that neighbors must meet, or empty if there is none} */
  public Optional<Condition> where() {
    return Optional.ofNullable(where);
  }

  /**
   * {@return the names of the selected attributes, in order and without repetition; unmodifiable}
   */
  public List<String> selected() {
    return wanted.selected;
  }

  /** {@return whether the samples that match are asked for} */
  public boolean isAligned() {
    return wanted.isAligned;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Query query
        && Objects.equals(id, query.id)
        && Objects.equals(series, query.series)
        && k() == query.k()
        && radius() == query.radius()
        && includeSelf() == query.includeSelf()
        && budget.equals(query.budget)
        && Objects.equals(where, query.where)
        && wanted.equals(query.wanted);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, series, k(), radius(), includeSelf(), budget, where, wanted);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("like ");
    text.append(series == null ? id : series.size() + " points");
    if (k() != UNLIMITED) {
      text.append(", nearest ").append(k());
    }
    if (radius() < Double.POSITIVE_INFINITY) {
      text.append(", within ").append(radius());
    }
    if (includeSelf()) {
      text.append(", including self");
    }
    if (where != null) {
      text.append(", where ").append(where);
    }
    if (budget.isLimited()) {
      text.append(", ").append(budget);
    }
    if (!selected().isEmpty()) {
      text.append(", selecting ").append(String.join(", ", selected()));
    }
    if (isAligned()) {
      text.append(", aligned");
    }
    return text.toString();
  }
}
