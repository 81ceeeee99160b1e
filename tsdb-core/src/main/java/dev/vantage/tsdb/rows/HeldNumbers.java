package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The median of numbers, or the standard deviation of doubles, for which all numbers are held:
 * deviations from a mean that is known only at the end lose no digits.
 */
final class HeldNumbers implements Accumulator {
  private final Aggregate aggregate;
  private final HeldValues held;
  private final List<AttributeValue> numbers = new ArrayList<>();

  HeldNumbers(Aggregate aggregate, HeldValues held) {
    this.aggregate = aggregate;
    this.held = held;
  }

  @Override
  public void add(AttributeValue value) {
    held.take(1);
    numbers.add(value);
  }

  @Override
  public @Nullable AttributeValue result() {
    if (numbers.isEmpty()) {
      return null;
    }
    return new DoubleValue(aggregate == Aggregate.MEDIAN ? median() : std());
  }

  private double median() {
    List<AttributeValue> sorted = new ArrayList<>(numbers);
    sorted.sort(CellValues.ASCENDING);
    AttributeValue low = sorted.get((sorted.size() - 1) / 2);
    AttributeValue high = sorted.get(sorted.size() / 2);
    if (low instanceof LongValue a && high instanceof LongValue b) {
      BigInteger sum = BigInteger.valueOf(a.value()).add(BigInteger.valueOf(b.value()));
      return new BigDecimal(sum).multiply(new BigDecimal("0.5")).doubleValue();
    }
    double a = ((DoubleValue) low).value();
    double b = ((DoubleValue) high).value();
    // The sum of two doubles is rounded once, unless it is out of range.
    return Double.isFinite(a + b) ? (a + b) / 2 : a / 2 + b / 2;
  }

  private double std() {
    double greatest = 0;
    for (AttributeValue number : numbers) {
      greatest = Math.max(greatest, Math.abs(((DoubleValue) number).value()));
    }
    if (greatest == 0) {
      return 0;
    }
    // Numbers scaled to at most 2 have squares in range. Scaling by a power of two is exact.
    int exponent = Math.getExponent(greatest);
    CompensatedSum sum = new CompensatedSum();
    numbers.forEach(number -> sum.add(scaled(number, exponent)));
    double mean = sum.value() / numbers.size();
    CompensatedSum squares = new CompensatedSum();
    CompensatedSum rest = new CompensatedSum();
    for (AttributeValue number : numbers) {
      double deviation = scaled(number, exponent) - mean;
      squares.add(deviation * deviation);
      rest.add(deviation);
    }
    // The mean is rounded, so the deviations from it do not add up to 0.
    double excess = rest.value() * rest.value() / numbers.size();
    double variance = Math.max(0, squares.value() - excess) / numbers.size();
    return Math.scalb(Math.min(Math.sqrt(variance), Math.scalb(greatest, -exponent)), exponent);
  }

  private static double scaled(AttributeValue number, int exponent) {
    return Math.scalb(((DoubleValue) number).value(), -exponent);
  }
}
