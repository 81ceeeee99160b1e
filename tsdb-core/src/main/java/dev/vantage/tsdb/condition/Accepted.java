package dev.vantage.tsdb.condition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values that a test accepts, or all others where it is negated. */
public sealed interface Accepted<T> {

  /** How a condition says it, after the attribute. */
  String written(boolean negated);

  /** All from low to high, both included; at least one of them is there. */
  record Range<T>(Optional<T> low, Optional<T> high) implements Accepted<T> {
    boolean isPoint() {
      return low.isPresent() && low.equals(high);
    }

    /** The same with what stands for the ends of the range. */
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

    /** The ends in the order in which they are written. */
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

  /** Those in a list. */
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

  /** Texts that match a pattern. */
  record Matching(LikePattern pattern) implements Accepted<String> {
    @Override
    public String written(boolean negated) {
      return (negated ? " NOT LIKE " : " LIKE ") + pattern;
    }
  }
}
