package dev.vantage.tsdb.rows;

import java.util.Objects;

/**
 * An order of rows by one column. Immutable. Rows without a value are last in either direction.
 *
 * @param column the name of a column of the answer
 * @param direction whether lower or greater values come first
 */
public record RowOrder(String column, Direction direction) {

  /** Which values come first. */
  public enum Direction {
    /** Lower values come first. */
    ASCENDING,
    /** Greater values come first. */
    DESCENDING
  }

  public RowOrder {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(direction, "direction");
  }

  /**
   * Orders by a column, lower values first.
   *
   * @param column the name of a column of the answer
   * @return the order
   */
  public static RowOrder ascending(String column) {
    return new RowOrder(column, Direction.ASCENDING);
  }

  /**
   * Orders by a column, greater values first.
   *
   * @param column the name of a column of the answer
   * @return the order
   */
  public static RowOrder descending(String column) {
    return new RowOrder(column, Direction.DESCENDING);
  }

  /** {@return whether greater values come first} */
  public boolean isDescending() {
    return direction == Direction.DESCENDING;
  }
}
