package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.condition.Expression.Name;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * An attribute of type double. A literal with a point or an exponent stands for the nearest double,
 * as in given values. A literal of digits alone stands for exactly that integer, even if no double
 * equals it.
 */
record DoubleColumn(Name name) implements Column {
  @Override
  public Filter range(Optional<Literal> low, Optional<Literal> high, boolean negated) {
    double first = low.map(this::atLeast).orElse(Double.NEGATIVE_INFINITY);
    double last = high.map(this::atMost).orElse(Double.POSITIVE_INFINITY);
    boolean isUnboundedBelow = first <= -Double.MAX_VALUE;
    boolean isUnboundedAbove = last >= Double.MAX_VALUE;
    boolean isEmpty = first == Double.POSITIVE_INFINITY || last == Double.NEGATIVE_INFINITY;
    if (isEmpty || first > last) {
      return Column.always(name, negated);
    } else if (isUnboundedBelow && isUnboundedAbove) {
      return Column.always(name, !negated);
    }
    Accepted<Double> accepted =
        new Accepted.Range<>(
            isUnboundedBelow ? Optional.empty() : Optional.of(first),
            isUnboundedAbove ? Optional.empty() : Optional.of(last));
    return new DoubleFilter(new Leaf<>(name.text(), accepted, Polarity.of(negated)));
  }

  @Override
  public Filter among(List<Literal> literals, boolean negated) {
    List<Double> members =
        literals.stream()
            .filter(literal -> atLeast(literal) == atMost(literal))
            .map(this::atLeast)
            .filter(Double::isFinite)
            .sorted()
            .distinct()
            .toList();
    return members.isEmpty()
        ? Column.always(name, negated)
        : new DoubleFilter(
            new Leaf<>(name.text(), new Accepted.Members<>(members), Polarity.of(negated)));
  }

  /** Returns the least double that is not below a literal. */
  private double atLeast(Literal literal) {
    double nearest = nearest(literal);
    return excess(literal, nearest) < 0 ? Math.nextUp(nearest) : nearest;
  }

  /** Returns the greatest double that is not above a literal. */
  private double atMost(Literal literal) {
    double nearest = nearest(literal);
    return excess(literal, nearest) > 0 ? Math.nextDown(nearest) : nearest;
  }

  /** Returns the double nearest to a literal. Adding 0 turns -0.0 into 0.0. */
  private double nearest(Literal literal) {
    if (literal instanceof Literal.Number number) {
      return Double.parseDouble(number.text()) + 0.0;
    }
    throw Column.clash(name, Type.DOUBLE, literal);
  }

  /** Returns the sign of {@code nearest - literal} for an integer literal. */
  private static int excess(Literal literal, double nearest) {
    if (!(literal instanceof Literal.Number number) || !number.isWhole()) {
      return 0;
    }
    return Double.isInfinite(nearest)
        ? (int) Math.signum(nearest)
        : new BigDecimal(nearest).compareTo(number.value());
  }
}
