package dev.vantage.tsdb.condition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values that a test accepts; if the test is negated, it accepts all others. */
public sealed interface Accepted<T> {

  /** Returns the test as a condition writes it, without the attribute. */
  String written(boolean negated);

  /** All values from low to high, both included. At least one end is present. */
  record Range<T>(Optional<T> low, Optional<T> high) implements Accepted<T> {
    boolean isPoint() {
      return low.isPresent() && low.equals(high);
    }

    /** Returns the test with the given strings or placeholders as the ends of the range. */
    public String written(boolean negated, Object lowEnd, Object highEnd) {
      if (isPoint()) {
        return (negated ? " <> " : " = ") + lowEnd;
      } else if (high.isEmpty()) {
        return (negated ? " < " : " >= ") + lowEnd;
      } else if (low.isEmpty()) {
        return (negated ? " > " : " <= ") + highEnd;
      }
      return (negated ? " NOT BETWEEN " : " BETWEEN ") + lowEnd + " AND " + highEnd;
    }

    /** Returns the ends that are present, in the order in which they are written. */
    public List<T> ends() {
      return isPoint()
          ? List.of(low.orElseThrow())
          : Stream.of(low, high).flatMap(Optional::stream).toList();
    }

    @Override
    public String written(boolean negated) {
      return written(negated, low.orElse(null), high.orElse(null));
    }
  }

  /** The values of a list. */
  record Members<T>(List<T> values) implements Accepted<T> {
    public Members {
      values = List.copyOf(values);
    }

    @Override
    public String written(boolean negated) {
      return (negated ? " NOT IN (" : " IN (")
          + values.stream().map(Object::toString).collect(Collectors.joining(", "))
          + ")";
    }
  }

  /** The strings that match a pattern. */
  record Matching(LikePattern pattern) implements Accepted<String> {
    @Override
    public String written(boolean negated) {
      return (negated ? " NOT LIKE " : " LIKE ") + pattern;
    }
  }
}
