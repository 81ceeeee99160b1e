package dev.vantage.tsdb.condition;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A condition with known types, in negation normal form. Immutable. NOT occurs only inside tests,
 * so a test of null is simply false, and {@code and} and {@code or} are two-valued as in Java.
 */
public sealed interface Filter
    permits Filter.And, Filter.Or, Filter.Constant, Filter.NullTest, LeafFilter {

  /**
   * Says whether a series passes. This is the reference: every other evaluation must agree with it.
   *
   * @param row the attributes of the series
   * @return whether the condition is true of the series; false if it is neither true nor false
   */
  boolean matches(Row row);

  /** {@return the names of all tested attributes, in order; unmodifiable} */
  default SortedSet<String> attributes() {
    SortedSet<String> names = new TreeSet<>();
    collectAttributes(this, names);
    return Collections.unmodifiableSortedSet(names);
  }

  private static void collectAttributes(Filter filter, SortedSet<String> names) {
    if (filter instanceof And and) {
      and.operands().forEach(operand -> collectAttributes(operand, names));
    } else if (filter instanceof Or or) {
      or.operands().forEach(operand -> collectAttributes(operand, names));
    } else if (filter instanceof NullTest test) {
      names.add(test.attribute());
    } else if (filter instanceof LeafFilter<?> test) {
      names.add(test.attribute());
    }
  }

  /**
   * The conjunction of filters.
   *
   * @param operands the filters
   */
  record And(List<Filter> operands) implements Filter {
    /**
     * Creates the filter.
     *
     * @param operands the filters; copied
     */
    public And {
      Objects.requireNonNull(operands, "operands");
      operands = List.copyOf(operands);
    }

    @Override
    public boolean matches(Row row) {
      Objects.requireNonNull(row, "row");
      return operands.stream().allMatch(operand -> operand.matches(row));
    }

    @Override
    public String toString() {
      return operands.stream().map(Filter::toString).collect(Collectors.joining(" AND ", "(", ")"));
    }
  }

  /**
   * The disjunction of filters.
   *
   * @param operands the filters
   */
  record Or(List<Filter> operands) implements Filter {
    /**
     * Creates the filter.
     *
     * @param operands the filters; copied
     */
    public Or {
      Objects.requireNonNull(operands, "operands");
      operands = List.copyOf(operands);
    }

    @Override
    public boolean matches(Row row) {
      Objects.requireNonNull(row, "row");
      return operands.stream().anyMatch(operand -> operand.matches(row));
    }

    @Override
    public String toString() {
      return operands.stream().map(Filter::toString).collect(Collectors.joining(" OR ", "(", ")"));
    }
  }

  /** A filter with the same result for every series. */
  enum Constant implements Filter {
    /** Every series passes. */
    TRUE,
    /** No series passes. */
    FALSE;

    /** {@return the result} */
    public boolean value() {
      return this == TRUE;
    }

    @Override
    public boolean matches(Row row) {
      Objects.requireNonNull(row, "row");
      return value();
    }

    @Override
    public String toString() {
      return Boolean.toString(value());
    }
  }

  /**
   * Tests whether a series has no value of an attribute.
   *
   * @param attribute the name of the attribute
   * @param polarity negative if the series must have a value instead
   */
  record NullTest(String attribute, Polarity polarity) implements Filter {
    public NullTest {
      Objects.requireNonNull(attribute, "attribute");
      Objects.requireNonNull(polarity, "polarity");
    }

    /** {@return whether the series must have a value} */
    public boolean negated() {
      return polarity.isNegative();
    }

    @Override
    public boolean matches(Row row) {
      Objects.requireNonNull(row, "row");
      return row.value(attribute).isPresent() == negated();
    }

    @Override
    public String toString() {
      return Names.written(attribute) + (negated() ? " IS NOT NULL" : " IS NULL");
    }
  }
}
