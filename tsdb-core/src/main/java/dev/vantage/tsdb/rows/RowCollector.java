package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.condition.Row;
import java.util.Objects;

/**
 * Evaluates a select over rows that it is given one after the other, in order of id. Not
 * thread-safe. Sums of doubles are added up in the order of the rows, so the same rows in the same
 * order give the same bits.
 */
public interface RowCollector {
  /**
   * The maximum number of values that a collector holds. A string counts as one value, and one more
   * for each 16 chars.
   */
  int MAX_VALUES = 10_000_000;

  /**
   * Returns a collector without rows. It does not evaluate the condition of the select: give it
   * only rows that meet it.
   *
   * @param select the select to evaluate
   * @return a new collector
   */
  static RowCollector of(BoundSelect select) {
    Objects.requireNonNull(select, "select");
    return select.isGrouped() ? new Grouping(select) : new FirstRows(select);
  }

  /**
   * Adds a row.
   *
   * @param row finds a value by the name of its attribute
   * @throws InvalidSelectException if there are more than {@link #MAX_VALUES} values to hold
   */
  void add(Row row);

  /** {@return whether more rows would not change the answer} */
  boolean isComplete();

  /**
   * Returns the answer to the rows so far.
   *
   * @return the rows, in order and within the limit
   * @throws InvalidSelectException if a sum is out of range
   */
  Rows rows();
}
