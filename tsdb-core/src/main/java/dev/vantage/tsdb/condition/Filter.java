package dev.vantage.tsdb.condition;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A condition whose types are known, in negation normal form: there is no NOT but inside tests, so
 * that whatever is not true of a null is false, and {@code and} and {@code or} are those of Java.
 * Immutable.
 */
public sealed interface Filter
    permits Filter.And,
        Filter.Or,
        Filter.Constant,
        Filter.NullTest,
        DoubleFilter,
        LongFilter,
        TextFilter {

  /**
   * Says whether a series passes: the plain way, which every other must agree with.
   *
   * @param row the attributes of the series
   * @return whether the condition is true of it; false if it is neither true nor false
   */
  boolean matches(Row row);

  /** {@return the names of all attributes that are tested, in order; unmodifiable} */
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
    } else if (filter instanceof DoubleFilter test) {
      names.add(test.attribute());
    } else if (filter instanceof LongFilter test) {
      names.add(test.attribute());
    } else if (filter instanceof TextFilter test) {
      names.add(test.attribute());
    }
  }

  /**
   * All of some filters.
   *
   * @param operands the filters
   */
  record And(List<Filter> operands) implements Filter {
    /**
     * Makes one.
     *
     * @param operands the filters; copied
     */
    public And {
      operands = List.copyOf(operands);
    }

    @Override
    public boolean matches(Row row) {
      return operands.stream().allMatch(operand -> operand.matches(row));
    }

    @Override
    public String toString() {
      return operands.stream().map(Filter::toString).collect(Collectors.joining(" AND ", "(", ")"));
    }
  }

  /**
   * Any of some filters.
   *
   * @param operands the filters
   */
  record Or(List<Filter> operands) implements Filter {
    /**
     * Makes one.
     *
     * @param operands the filters; copied
     */
    public Or {
      operands = List.copyOf(operands);
    }

    @Override
    public boolean matches(Row row) {
      return operands.stream().anyMatch(operand -> operand.matches(row));
    }

    @Override
    public String toString() {
      return operands.stream().map(Filter::toString).collect(Collectors.joining(" OR ", "(", ")"));
    }
  }

  /**
   * What is the same for every series.
   *
   * @param value what it is
   */
  record Constant(boolean value) implements Filter {
    @Override
    public boolean matches(Row row) {
      return value;
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /**
   * Whether a series has no value of an attribute.
   *
   * @param attribute the name of the attribute
   * @param negated whether it must have one instead
   */
  record NullTest(String attribute, boolean negated) implements Filter {
    @Override
    public boolean matches(Row row) {
      return row.value(attribute).isPresent() == negated;
    }

    @Override
    public String toString() {
      return Names.written(attribute) + (negated ? " IS NOT NULL" : " IS NULL");
    }
  }
}
