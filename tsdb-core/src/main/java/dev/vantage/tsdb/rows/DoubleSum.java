package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import org.jspecify.annotations.Nullable;

/** The sum or the mean of doubles, added up in the order in which they are given. */
final class DoubleSum implements Accumulator {
  /** Numbers divided by 2 to this power can be added up without leaving the range of doubles. */
  private static final int SCALE = 64;

  private final Aggregate aggregate;
  private final CompensatedSum sum = new CompensatedSum();

  /** The sum of the numbers divided by 2^64, for sums that are out of range on the way. */
  private final CompensatedSum scaled = new CompensatedSum();

  private long count;

  DoubleSum(Aggregate aggregate) {
    this.aggregate = aggregate;
  }

  @Override
  public void add(AttributeValue value) {
    double number = ((DoubleValue) value).value();
    sum.add(number);
    scaled.add(Math.scalb(number, -SCALE));
    count++;
  }

  @Override
  public @Nullable AttributeValue result() {
    if (count == 0) {
      return null;
    }
    double total = sum.value();
    if (aggregate == Aggregate.MEAN) {
      return new DoubleValue(
          Double.isFinite(total) ? total / count : Math.scalb(scaled.value() / count, SCALE));
    }
    total = Double.isFinite(total) ? total : Math.scalb(scaled.value(), SCALE);
    if (!Double.isFinite(total)) {
      throw new InvalidSelectException(
          Rule.OVERFLOW, "sum must be in the range of a double: values=" + count);
    }
    return new DoubleValue(total);
  }
}
