package dev.vantage.tsdb;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked of a similarity search: the nearest series to a stored series or to a given one, or
 * all series within a radius of it, or at most so many within a radius; of all series, or of those
 * that meet a condition. Immutable.
 *
 * <pre>{@code
 * Query.like("rr-1").nearest(5).where("band = 'g'")
 * Query.like(series).within(0.2)
 * }</pre>
 *
 * <p>A query that says neither how many nor how far asks for the {@link #DEFAULT_K} nearest.
 */
public final class Query {
  /** The {@code k} of a query that is limited by its radius alone. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** The {@code k} of a query that says neither how many neighbors it wants nor how far. */
  public static final int DEFAULT_K = 5;

  private final Optional<String> id;
  private final Optional<TimeSeries> series;
  private final Limits limits;
  private final Budget budget;
  private final Optional<Condition> where;

  /** How many neighbors are wanted, from how far, and whether the query is one of them. */
  private record Limits(OptionalInt k, Optional<Double> radius, boolean includeSelf) {
    static final Limits NONE = new Limits(OptionalInt.empty(), Optional.empty(), false);
  }

  private Query(
      Optional<String> id,
      Optional<TimeSeries> series,
      Limits limits,
      Budget budget,
      Optional<Condition> where) {
    this.id = id;
    this.series = series;
    this.limits = limits;
    this.budget = budget;
    this.where = where;
  }

  /**
   * Asks for series like a stored one.
   *
   * @param id the id of the stored series
   * @return the query
   */
  public static Query like(String id) {
    return new Query(
        Optional.of(Objects.requireNonNull(id, "id")),
        Optional.empty(),
        Limits.NONE,
        Budget.UNLIMITED,
        Optional.empty());
  }

  /**
   * Asks for series like a given one.
   *
   * @param series the points of the series
   * @return the query
   */
  public static Query like(TimeSeries series) {
    return new Query(
        Optional.empty(),
        Optional.of(Objects.requireNonNull(series, "series")),
        Limits.NONE,
        Budget.UNLIMITED,
        Optional.empty());
  }

  /**
   * Asks the same about a stored series.
   *
   * @param newId the id of the stored series
   * @return a copy that asks about it
   */
  public Query about(String newId) {
    Objects.requireNonNull(newId, "id");
    return new Query(Optional.of(newId), Optional.empty(), limits, budget, where);
  }

  /**
   * Asks the same about a given series.
   *
   * @param newSeries the points of the series
   * @return a copy that asks about it
   */
  public Query about(TimeSeries newSeries) {
    Objects.requireNonNull(newSeries, "series");
    return new Query(Optional.empty(), Optional.of(newSeries), limits, budget, where);
  }

  private Query with(Limits newLimits) {
    return new Query(id, series, newLimits, budget, where);
  }

  /**
   * Limits the number of neighbors.
   *
   * @param k the most neighbors wanted, at least 1; {@link #UNLIMITED} for no limit
   * @return a copy with that limit
   * @throws InvalidRequestException if k is less than 1
   */
  public Query nearest(int k) {
    if (k < 1) {
      throw new InvalidRequestException("k must be >= 1: k=" + k);
    }
    return with(new Limits(OptionalInt.of(k), limits.radius, limits.includeSelf));
  }

  /**
   * Limits the distance of neighbors. Unless {@link #nearest} limits their number, all that are
   * within the radius are wanted.
   *
   * @param radius the largest distance wanted, at least 0; positive infinity for no limit
   * @return a copy with that limit
   * @throws InvalidRequestException if the radius is negative or NaN
   */
  public Query within(double radius) {
    if (!(radius >= 0)) {
      throw new InvalidRequestException("radius must be >= 0: radius=" + radius);
    }
    return with(new Limits(limits.k, Optional.of(radius), limits.includeSelf));
  }

  /**
   * Lets a search by id answer that id itself.
   *
   * @return a copy that does
   */
  public Query includingSelf() {
    return with(new Limits(limits.k, limits.radius, true));
  }

  /**
   * Lets the search stop before its answer is exact.
   *
   * @param newBudget what it may spend
   * @return a copy with that budget
   */
  public Query withBudget(Budget newBudget) {
    return new Query(id, series, limits, Objects.requireNonNull(newBudget, "budget"), where);
  }

  /**
   * Asks for series that meet a condition alone. The search is within them: as many neighbors are
   * found as if there were no others.
   *
   * @param condition what a series must meet to be a neighbor; it takes the place of one given
   *     before
   * @return a copy with that condition
   */
  public Query where(Condition condition) {
    Objects.requireNonNull(condition, "condition");
    return new Query(id, series, limits, budget, Optional.of(condition));
  }

  /**
   * Asks for series that meet a condition alone, as {@link #where(Condition)} does.
   *
   * @param condition what a series must meet to be a neighbor, as {@link Condition#parse} reads it
   * @return a copy with that condition
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if it cannot be read
   */
  public Query where(String condition) {
    return where(Condition.parse(condition));
  }

  /** {@return the id of the stored series that is asked about, or empty if a series was given} */
  public Optional<String> id() {
    return id;
  }

  /** {@return the series that is asked about, or empty if it is a stored one} */
  public Optional<TimeSeries> series() {
    return series;
  }

  /** {@return the most neighbors wanted; {@link #UNLIMITED} for all within the radius} */
  public int k() {
    return limits.k.orElse(limits.radius.isPresent() ? UNLIMITED : DEFAULT_K);
  }

  /** {@return the largest distance wanted; positive infinity for no limit} */
  public double radius() {
    return limits.radius.orElse(Double.POSITIVE_INFINITY);
  }

  /** {@return whether a search by id may answer that id itself} */
  public boolean includeSelf() {
    return limits.includeSelf;
  }

  /** {@return what the search may spend before it stops with the best found so far} */
  public Budget budget() {
    return budget;
  }

  /** {@return what a series must meet to be a neighbor, or empty for nothing} */
  public Optional<Condition> where() {
    return where;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Query query
        && id.equals(query.id)
        && series.equals(query.series)
        && k() == query.k()
        && radius() == query.radius()
        && includeSelf() == query.includeSelf()
        && budget.equals(query.budget)
        && where.equals(query.where);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, series, k(), radius(), includeSelf(), budget, where);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("like ");
    text.append(id.orElseGet(() -> series.orElseThrow().size() + " points"));
    if (k() != UNLIMITED) {
      text.append(", nearest ").append(k());
    }
    if (radius() < Double.POSITIVE_INFINITY) {
      text.append(", within ").append(radius());
    }
    if (includeSelf()) {
      text.append(", including self");
    }
    where.ifPresent(condition -> text.append(", where ").append(condition));
    if (budget.isLimited()) {
      text.append(", ").append(budget);
    }
    return text.toString();
  }
}
