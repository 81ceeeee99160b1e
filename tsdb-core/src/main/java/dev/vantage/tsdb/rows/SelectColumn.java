package dev.vantage.tsdb.rows;

import java.util.Objects;

/** A column that a select asks for. Immutable. */
public sealed interface SelectColumn {
  /** The name of {@link #countOfRows} unless {@link #as} gives another one. */
  String COUNT_NAME = "count";

  /** {@return the name of the column in the answer} */
  String name();

  /**
   * Renames the column.
   *
   * @param name the name of the column in the answer
   * @return a copy with that name
   */
  SelectColumn as(String name);

  /**
   * Asks for an attribute.
   *
   * @param attribute its name, which the column has, too
   * @return the column
   */
  static SelectColumn of(String attribute) {
    Objects.requireNonNull(attribute, "attribute");
    return new OfAttribute(attribute, attribute);
  }

  /**
   * Asks for an aggregate of an attribute.
   *
   * @param aggregate the aggregate
   * @param attribute the name of the attribute
   * @return the column, called {@code mean_period} for the mean of period
   */
  static SelectColumn of(Aggregate aggregate, String attribute) {
    Objects.requireNonNull(aggregate, "aggregate");
    Objects.requireNonNull(attribute, "attribute");
    return new OfAggregate(aggregate.columnName(attribute), aggregate, attribute);
  }

  /**
   * Asks for the number of rows.
   *
   * @return the column, called {@link #COUNT_NAME}
   */
  static SelectColumn countOfRows() {
    return new OfRows(COUNT_NAME);
  }

  /**
   * An attribute.
   *
   * @param name the name of the column
   * @param attribute the name of the attribute
   */
  record OfAttribute(String name, String attribute) implements SelectColumn {
    public OfAttribute {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(attribute, "attribute");
    }

    @Override
    public SelectColumn as(String name) {
      return new OfAttribute(name, attribute);
    }
  }

  /**
   * An aggregate of an attribute.
   *
   * @param name the name of the column
   * @param aggregate the aggregate
   * @param attribute the name of the attribute
   */
  record OfAggregate(String name, Aggregate aggregate, String attribute) implements SelectColumn {
    public OfAggregate {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(aggregate, "aggregate");
      Objects.requireNonNull(attribute, "attribute");
    }

    @Override
    public SelectColumn as(String name) {
      return new OfAggregate(name, aggregate, attribute);
    }
  }

  /**
   * The number of rows.
   *
   * @param name the name of the column
   */
  record OfRows(String name) implements SelectColumn {
    public OfRows {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public SelectColumn as(String name) {
      return new OfRows(name);
    }
  }
}
