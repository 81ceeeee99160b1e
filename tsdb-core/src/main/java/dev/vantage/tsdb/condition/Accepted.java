package dev.vantage.tsdb.condition;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values that a test accepts; if the test is negative, it accepts all others. Immutable.
 *
 * @param <T> the type of the values: double, long or string
 */
public sealed interface Accepted<T> {

  /**
   * Returns the test as a condition writes it, without the attribute.
   *
   * @param polarity whether the test accepts these values, or all others
   * @return an operator and its operands, after a space
   */
  String written(Polarity polarity);

  /**
   * All values from low to high, both included. At least one end is present.
   *
   * @param <T> the type of the values
   */
  final class Range<T> implements Accepted<T> {
    private final @Nullable T low;
    private final @Nullable T high;

    Range(Optional<T> low, Optional<T> high) {
      this.low = low.orElse(null);
      this.high = high.orElse(null);
    }

    /** {@return the least accepted value, or empty if there is none} */
    public Optional<T> low() {
      return Optional.ofNullable(low);
    }

    /** {@return the greatest accepted value, or empty if there is none} */
    public Optional<T> high() {
      return Optional.ofNullable(high);
    }

    private boolean isPoint() {
      return low != null && low.equals(high);
    }

    /**
     * Returns the test with other operands, such as placeholders.
     *
     * @param polarity whether the test accepts these values, or all others
     * @param lowEnd stands for the least value; unused if there is none
     * @param highEnd stands for the greatest value; unused if there is none
     * @return an operator and its operands, after a space
     */
    public String written(Polarity polarity, Object lowEnd, Object highEnd) {
      Objects.requireNonNull(polarity, "polarity");
      Objects.requireNonNull(lowEnd, "lowEnd");
      Objects.requireNonNull(highEnd, "highEnd");
      boolean negated = polarity.isNegative();
      if (isPoint()) {
        return (negated ? " <> " : " = ") + lowEnd;
      } else if (high == null) {
        return (negated ? " < " : " >= ") + lowEnd;
      } else if (low == null) {
        return (negated ? " > " : " <= ") + highEnd;
      }
      return (negated ? " NOT BETWEEN " : " BETWEEN ") + lowEnd + " AND " + highEnd;
    }

    /** {@return the ends that are present, in the order in which they are written} */
    public List<T> ends() {
      return isPoint()
          ? low().stream().toList()
          : Stream.of(low(), high()).flatMap(Optional::stream).toList();
    }

    @Override
    public String written(Polarity polarity) {
      return written(polarity, String.valueOf(low), String.valueOf(high));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Range<?> range
          && Objects.equals(low, range.low)
          && Objects.equals(high, range.high);
    }

    @Override
    public int hashCode() {
      return Objects.hash(low, high);
    }

    @Override
    public String toString() {
      return "Range[low=" + low + ", high=" + high + "]";
    }
  }

  /**
   * The values of a list.
   *
   * @param <T> the type of the values
   * @param values the values; unmodifiable
   */
  record Members<T>(List<T> values) implements Accepted<T> {
    public Members {
      Objects.requireNonNull(values, "values");
      values = List.copyOf(values);
    }

    @Override
    public String written(Polarity polarity) {
      Objects.requireNonNull(polarity, "polarity");
      return (polarity.isNegative() ? " NOT IN (" : " IN (")
          + values.stream().map(Object::toString).collect(Collectors.joining(", "))
          + ")";
    }
  }

  /**
   * The strings that match a pattern.
   *
   * @param pattern the pattern
   */
  record Matching(LikePattern pattern) implements Accepted<String> {
    public Matching {
      Objects.requireNonNull(pattern, "pattern");
    }

    @Override
    public String written(Polarity polarity) {
      Objects.requireNonNull(polarity, "polarity");
      return (polarity.isNegative() ? " NOT LIKE " : " LIKE ") + pattern;
    }
  }
}
