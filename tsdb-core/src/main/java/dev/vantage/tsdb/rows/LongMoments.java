package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * The sum, the mean or the standard deviation of longs, from exact sums of the numbers and of their
 * squares.
 */
final class LongMoments implements Accumulator {
  private final Aggregate aggregate;
  private BigInteger sum = BigInteger.ZERO;
  private BigInteger squares = BigInteger.ZERO;
  private long count;

  LongMoments(Aggregate aggregate) {
    this.aggregate = aggregate;
  }

  @Override
  public void add(AttributeValue value) {
    BigInteger number = BigInteger.valueOf(((LongValue) value).value());
    sum = sum.add(number);
    if (aggregate == Aggregate.STD) {
      squares = squares.add(number.multiply(number));
    }
    count++;
  }

  @Override
  public @Nullable AttributeValue result() {
    if (count == 0) {
      return null;
    }
    return switch (aggregate) {
      case SUM -> Aggregate.sumOfLongs(sum);
      case MEAN -> new DoubleValue(quotient(sum, BigInteger.valueOf(count)));
      default -> new DoubleValue(std());
    };
  }

  private double std() {
    BigInteger n = BigInteger.valueOf(count);
    BigInteger squaredDeviations = squares.multiply(n).subtract(sum.multiply(sum));
    return Math.sqrt(quotient(squaredDeviations, n.multiply(n)));
  }

  private static double quotient(BigInteger number, BigInteger divisor) {
    return new BigDecimal(number)
        .divide(new BigDecimal(divisor), MathContext.DECIMAL128)
        .doubleValue();
  }
}
