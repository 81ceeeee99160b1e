package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.condition.Expression.Name;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** An attribute whose values are stored as longs. Literals may be fractions or beyond all longs. */
record LongColumn(Name name, Type type) implements Column {
  private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  @Override
  public Filter range(Optional<Literal> low, Optional<Literal> high, boolean negated) {
    BigDecimal first = low.map(this::number).map(x -> rounded(x, RoundingMode.CEILING)).orElse(MIN);
    BigDecimal last = high.map(this::number).map(x -> rounded(x, RoundingMode.FLOOR)).orElse(MAX);
    boolean isUnboundedBelow = first.compareTo(MIN) <= 0;
    boolean isUnboundedAbove = last.compareTo(MAX) >= 0;
    if (first.compareTo(last) > 0 || first.compareTo(MAX) > 0 || last.compareTo(MIN) < 0) {
      return Column.always(name, negated);
    } else if (isUnboundedBelow && isUnboundedAbove) {
      return Column.always(name, !negated);
    }
    Accepted<Long> accepted =
        new Accepted.Range<>(
            isUnboundedBelow ? Optional.empty() : Optional.of(first.longValueExact()),
            isUnboundedAbove ? Optional.empty() : Optional.of(last.longValueExact()));
    return new LongFilter(new Leaf<>(name.text(), accepted, Polarity.of(negated)));
  }

  @Override
  public Filter among(List<Literal> literals, boolean negated) {
    List<Long> members =
        literals.stream()
            .map(this::number)
            .filter(x -> rounded(x, RoundingMode.FLOOR).compareTo(x) == 0)
            .filter(x -> x.compareTo(MIN) >= 0 && x.compareTo(MAX) <= 0)
            .map(BigDecimal::longValueExact)
            .sorted()
            .distinct()
            .toList();
    return members.isEmpty()
        ? Column.always(name, negated)
        : new LongFilter(
            new Leaf<>(name.text(), new Accepted.Members<>(members), Polarity.of(negated)));
  }

  private static BigDecimal rounded(BigDecimal number, RoundingMode mode) {
    if (number.scale() <= 0) {
      return number;
    }
    if (number.precision() <= number.scale()) {
      // Between -1 and 1, possibly with so many digits that a division would take a millisecond.
      boolean isAway = mode == RoundingMode.CEILING ? number.signum() > 0 : number.signum() < 0;
      return isAway ? BigDecimal.valueOf(number.signum()) : BigDecimal.ZERO;
    }
    return number.setScale(0, mode);
  }

  /** Returns a literal in the unit of the stored longs. */
  private BigDecimal number(Literal literal) {
    if (type == Type.LONG && literal instanceof Literal.Number number) {
      return number.value();
    } else if (type == Type.BOOLEAN && literal instanceof Literal.Truth truth) {
      return truth.value() ? BigDecimal.ONE : BigDecimal.ZERO;
    } else if (type == Type.TIMESTAMP && literal instanceof Literal.Moment moment) {
      return BigDecimal.valueOf(moment.value().epochMicroseconds());
    } else if (type == Type.TIMESTAMP && literal instanceof Literal.Text text) {
      return BigDecimal.valueOf(Timestamps.read(text).epochMicroseconds());
    }
    throw Column.clash(name, type, literal);
  }
}
