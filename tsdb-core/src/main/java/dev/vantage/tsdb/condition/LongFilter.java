package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue;
import java.util.Arrays;

/**
 * A test of an attribute of type long, boolean or timestamp; false for null. Booleans are 0 and 1,
 * timestamps microseconds since 1970-01-01T00:00:00Z. Immutable.
 */
public final class LongFilter implements Filter {
  private final Leaf<Long> leaf;
  private final long low;
  private final long high;
  private final long[] members;
  private final boolean negated;

  LongFilter(Leaf<Long> leaf) {
    this.leaf = leaf;
    this.negated = leaf.negated();
    if (leaf.accepted() instanceof Accepted.Range<Long> range) {
      this.low = range.low().orElse(Long.MIN_VALUE);
      this.high = range.high().orElse(Long.MAX_VALUE);
      this.members = new long[0];
    } else if (leaf.accepted() instanceof Accepted.Members<Long> among) {
      this.low = 0;
      this.high = 0;
      this.members = among.values().stream().mapToLong(Long::longValue).sorted().toArray();
    } else {
      throw new IllegalArgumentException("numbers must not be matched by patterns: test=" + leaf);
    }
  }

  /** {@return the name of the attribute} */
  public String attribute() {
    return leaf.attribute();
  }

  /**
   * Tests a value. Cost: two comparisons, or a binary search in the literals.
   *
   * @param value the attribute's value, which is not null: a long, 0 or 1 for a boolean,
   *     microseconds since the epoch for a timestamp
   * @return whether it passes
   */
  public boolean test(long value) {
    boolean isAccepted =
        members.length == 0
            ? low <= value & value <= high
            : Arrays.binarySearch(members, value) >= 0;
    return isAccepted != negated;
  }

  /**
   * Tests 64 values in a row, as {@link #test(long)} does one, at about a nanosecond each.
   *
   * @param values some values, none of them null
   * @param from where those to be tested begin
   * @return a bit for each, the lowest for the first, that is set where it passes
   */
  public long test(long[] values, int from) {
    long passing = 0;
    if (members.length > 0) {
      for (int bit = 0; bit < Long.SIZE; bit++) {
        passing |= (test(values[from + bit]) ? 1L : 0L) << bit;
      }
      return passing;
    }
    long least = low;
    long most = high;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long value = values[from + bit];
      passing |= (~(less(value, least) | less(most, value)) >>> 63) << bit;
    }
    return negated ? ~passing : passing;
  }

  /** A number whose sign bit says whether x is less than y (Warren, "Hacker's Delight", 2012). */
  private static long less(long x, long y) {
    return x & ~y | ~(x ^ y) & (x - y);
  }

  @Override
  public boolean matches(Row row) {
    return row.value(attribute()).map(value -> test(stored(value))).orElse(false);
  }

  private long stored(AttributeValue value) {
    if (value instanceof LongValue number) {
      return number.value();
    } else if (value instanceof BooleanValue truth) {
      return truth.value() ? 1 : 0;
    } else if (value instanceof TimestampValue moment) {
      return moment.epochMicroseconds();
    }
    throw leaf.refused(value);
  }

  public Leaf<Long> leaf() {
    return leaf;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LongFilter that && leaf.equals(that.leaf);
  }

  @Override
  public int hashCode() {
    return leaf.hashCode();
  }

  @Override
  public String toString() {
    return leaf.toString();
  }
}
