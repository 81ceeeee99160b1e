package dev.vantage.tsdb.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A linear axis. Immutable.
 *
 * @param label the quantity and its unit; may be empty
 * @param low the least value, finite
 * @param high the greatest value, finite and above {@code low}
 * @param direction where the greatest value is
 */
public record Axis(String label, double low, double high, Direction direction) {
  /** The part of the range that is left free at each end of an axis around data. */
  private static final double MARGIN = 0.05;

  private static final int[] NICE = {1, 2, 5};
  private static final int LARGEST_PLAIN_EXPONENT = 9;
  private static final int SMALLEST_PLAIN_EXPONENT = -5;

  /** The direction of an axis. */
  public enum Direction {
    /** The greatest value is at the right or at the top. */
    ASCENDING,
    /** The greatest value is at the left or at the bottom, as magnitudes are drawn. */
    DESCENDING
  }

  /**
   * Creates an axis.
   *
   * @throws IllegalArgumentException if an end is not finite, or {@code low} is not below {@code
   *     high}
   */
  public Axis {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(direction, "direction");
    if (!Double.isFinite(low) || !Double.isFinite(high) || low >= high) {
      throw new IllegalArgumentException(
          "ends of an axis must be finite and low < high: low=" + low + ", high=" + high);
    }
  }

  /**
   * Creates an ascending axis.
   *
   * @param label the quantity and its unit; may be empty
   * @param low the least value
   * @param high the greatest value
   * @return the axis
   * @throws IllegalArgumentException if an end is not finite, or {@code low} is not below {@code
   *     high}
   */
  public static Axis of(String label, double low, double high) {
    return new Axis(label, low, high, Direction.ASCENDING);
  }

  /**
   * Creates an ascending axis that covers values, with a margin of a twentieth of their range at
   * each end. The axis of values that are all the same has its middle there.
   *
   * @param label the quantity and its unit; may be empty
   * @param values the values, finite; at least one
   * @return the axis
   * @throws IllegalArgumentException if there is no value, or one is not finite
   */
  public static Axis around(String label, double... values) {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(values, "values");
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("values must be finite: value=" + value);
      }
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (values.length == 0) {
      throw new IllegalArgumentException("an axis must have at least 1 value: values=0");
    }
    // Halves, since the difference of huge values overflows.
    double margin = 2 * MARGIN * (greatest / 2 - least / 2);
    if (margin == 0) {
      margin = least == 0 ? 1 : Math.max(Math.abs(least) * MARGIN, Double.MIN_NORMAL);
    }
    return of(
        label,
        Math.max(-Double.MAX_VALUE, least - margin),
        Math.min(Double.MAX_VALUE, greatest + margin));
  }

  /** {@return the same axis in the other direction} */
  public Axis inverted() {
    Direction other = direction == Direction.ASCENDING ? Direction.DESCENDING : Direction.ASCENDING;
    return new Axis(label, low, high, other);
  }

  /**
   * Says where a value is on the axis.
   *
   * @param value the value
   * @return 0 at the left or at the bottom, 1 at the right or at the top
   */
  public double share(double value) {
    double half = high / 2 - low / 2; // the whole range of huge values overflows
    double share =
        half > Double.MIN_NORMAL ? (value / 2 - low / 2) / half : (value - low) / (high - low);
    return direction == Direction.ASCENDING ? share : 1 - share;
  }

  void checkCovers(double value) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "axes must cover all marks: axis="
              + label
              + ", low="
              + low
              + ", high="
              + high
              + ", value="
              + value);
    }
  }

  /**
   * Chooses round values along the axis: multiples of 1, 2 or 5 times a power of ten.
   *
   * @param most the most ticks wanted, at least 2
   * @return the ticks, in ascending order; fewer than two only if the range is too narrow for
   *     numbers between its ends
   */
  public List<Tick> ticks(int most) {
    BigDecimal step = step(most);
    BigDecimal first = first(step);
    BigDecimal last = last(step);
    List<Tick> ticks = new ArrayList<>();
    for (BigDecimal k = first; k.compareTo(last) <= 0; k = k.add(BigDecimal.ONE)) {
      BigDecimal value = k.multiply(step);
      double place = Math.max(low, Math.min(high, value.doubleValue()));
      ticks.add(new Tick(place, label(value, step)));
    }
    return List.copyOf(ticks);
  }

  private BigDecimal first(BigDecimal step) {
    return new BigDecimal(low).divide(step, 0, RoundingMode.CEILING);
  }

  private BigDecimal last(BigDecimal step) {
    return new BigDecimal(high).divide(step, 0, RoundingMode.FLOOR);
  }

  /**
   * Returns the smallest step of 1, 2 or 5 times a power of ten with at most {@code most} multiples
   * on this axis.
   */
  private BigDecimal step(int most) {
    BigDecimal range = new BigDecimal(high).subtract(new BigDecimal(low));
    BigDecimal rough = range.divide(BigDecimal.valueOf(most), MathContext.DECIMAL64);
    int exponent = rough.precision() - rough.scale() - 1;
    for (int power = exponent; ; power++) {
      for (int nice : NICE) {
        BigDecimal step = BigDecimal.valueOf(nice).scaleByPowerOfTen(power);
        if (last(step).subtract(first(step)).compareTo(BigDecimal.valueOf(most)) < 0) {
          return step;
        }
      }
    }
  }

  private static String label(BigDecimal value, BigDecimal step) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal rounded = value.setScale(Math.max(0, step.stripTrailingZeros().scale()));
    int exponent = value.precision() - value.scale() - 1;
    if (exponent > LARGEST_PLAIN_EXPONENT || exponent < SMALLEST_PLAIN_EXPONENT) {
      BigDecimal stripped = value.stripTrailingZeros();
      return new BigDecimal(stripped.unscaledValue(), stripped.precision() - 1).toPlainString()
          + "e"
          + exponent;
    }
    return rounded.toPlainString();
  }
}
