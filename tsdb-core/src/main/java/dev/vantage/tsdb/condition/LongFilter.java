package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import java.util.Arrays;
import java.util.Objects;

/**
 * A test of an attribute of type long, boolean or timestamp; false for null. Booleans are 0 and 1,
 * timestamps microseconds since 1970-01-01T00:00:00Z. Immutable.
 */
public final class LongFilter extends LeafFilter<Long> {
  private final long low;
  private final long high;
  private final long[] members;
  private final boolean negated;

  LongFilter(Leaf<Long> leaf) {
    super(leaf);
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

  /**
   * Tests a value. Cost: two comparisons, or a binary search in the literals.
   *
   * @param value the attribute's value, not null: a long, 0 or 1 for a boolean, microseconds since
   *     the epoch for a timestamp
   * @return whether the value passes
   */
  public boolean test(long value) {
    boolean isAccepted =
        members.length == 0
            ? low <= value & value <= high
            : Arrays.binarySearch(members, value) >= 0;
    return isAccepted != negated;
  }

  /**
   * Tests 64 consecutive values like {@link #test(long)}. Cost: about one nanosecond per value.
   *
   * @param values at least {@code from + 64} values, none of them null
   * @param from the index of the first value to test
   * @return 64 bits, the lowest for the first value; a bit is set if its value passes
   */
  public long test(long[] values, int from) {
    Objects.requireNonNull(values, "values");
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

  /** Returns a long whose sign bit says whether x &lt; y (Warren, "Hacker's Delight", 2012). */
  private static long less(long x, long y) {
    return x & ~y | ~(x ^ y) & (x - y);
  }

  @Override
  boolean accepts(AttributeValue value) {
    return test(stored(value));
  }

  private long stored(AttributeValue value) {
    if (value instanceof LongValue number) {
      return number.value();
    } else if (value instanceof BooleanValue truth) {
      return truth.value() ? 1 : 0;
    } else if (value instanceof TimestampValue moment) {
      return moment.epochMicroseconds();
    }
    throw refused(value);
  }
}
