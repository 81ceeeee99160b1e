package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.Filter;
import java.util.List;
import java.util.Optional;

/**
 * A condition for a WHERE clause, with values as parameters. Immutable.
 *
 * @param text an expression with a {@code ?} for each parameter, to be put in parentheses
 * @param parameters the values to bind, in order: each a {@link Double}, a {@link Long} or a {@link
 *     String}
 */
public record SqlCondition(String text, List<Object> parameters) {
  /**
   * Creates a condition.
   *
   * @param text an expression with a {@code ?} for each parameter
   * @param parameters the values to bind, in order; copied
   */
  public SqlCondition {
    parameters = List.copyOf(parameters);
  }

  /** Writes a filter; without one, a condition that every series meets. */
  static SqlCondition of(Optional<Filter> filter, SqlDialect dialect) {
    return filter
        .map(one -> ConditionSql.write(one, dialect))
        .orElse(new SqlCondition("1 = 1", List.of()));
  }
}
