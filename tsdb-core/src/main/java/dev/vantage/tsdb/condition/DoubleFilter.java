package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import java.util.Arrays;
import java.util.Objects;

/** A test of an attribute of type double; false for null. Immutable. */
public final class DoubleFilter extends LeafFilter<Double> {
  private static final long INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private final double low;
  private final double high;
  private final double[] members;
  private final boolean negated;

  DoubleFilter(Leaf<Double> leaf) {
    super(leaf);
    this.negated = leaf.negated();
    if (leaf.accepted() instanceof Accepted.Range<Double> range) {
      this.low = range.low().orElse(Double.NEGATIVE_INFINITY);
      this.high = range.high().orElse(Double.POSITIVE_INFINITY);
      this.members = new double[0];
    } else if (leaf.accepted() instanceof Accepted.Members<Double> among) {
      this.low = 0;
      this.high = 0;
      this.members = among.values().stream().mapToDouble(value -> value + 0.0).sorted().toArray();
    } else {
      throw new IllegalArgumentException("numbers must not be matched by patterns: test=" + leaf);
    }
  }

  /**
   * Tests a value. Cost: two comparisons, or a binary search in the literals.
   *
   * @param value the attribute's value; NaN stands for null
   * @return whether the value passes; false for NaN
   */
  public boolean test(double value) {
    // Adding 0 turns -0.0 into 0.0: the binary search would tell them apart.
    boolean isAccepted =
        members.length == 0
            ? low <= value & value <= high
            : Arrays.binarySearch(members, value + 0.0) >= 0;
    return isAccepted != negated & !Double.isNaN(value);
  }

  /**
   * Tests 64 consecutive values like {@link #test(double)}. Cost: about one nanosecond per value.
   *
   * @param values at least {@code from + 64} values
   * @param from the index of the first value to test
   * @return 64 bits, the lowest for the first value; a bit is set if its value passes
   */
  public long test(double[] values, int from) {
    Objects.requireNonNull(values, "values");
    long passing = 0;
    if (members.length > 0) {
      for (int bit = 0; bit < Long.SIZE; bit++) {
        passing |= (test(values[from + bit]) ? 1L : 0L) << bit;
      }
      return passing;
    }
    double least = low;
    double most = high;
    long there = 0;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      double value = values[from + bit];
      // Uses sign bits instead of branches, which the processor would mispredict. A difference is 0
      // only for equal numbers, and adding 0 makes that 0 positive.
      long below = Double.doubleToRawLongBits(value - least + 0.0);
      long above = Double.doubleToRawLongBits(most - value + 0.0);
      long missing = INFINITY - (Double.doubleToRawLongBits(value) & Long.MAX_VALUE);
      passing |= (~(below | above | missing) >>> 63) << bit;
      there |= (~missing >>> 63) << bit;
    }
    return negated ? there & ~passing : passing;
  }

  @Override
  boolean accepts(AttributeValue value) {
    if (value instanceof DoubleValue number) {
      return test(number.value());
    }
    throw refused(value);
  }
}
