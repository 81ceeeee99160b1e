package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.condition.Expression.Name;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.List;
import java.util.Optional;

/** Creates tests of an attribute. The tests are exact for all literals. */
interface Column {
  /** Tests whether a value is between low and high, both included; or the negation. */
  Filter range(Optional<Literal> low, Optional<Literal> high, boolean negated);

  /** Tests whether a value is one of the literals; or the negation. */
  Filter among(List<Literal> literals, boolean negated);

  static Column of(Name name, Type type) {
    return switch (type) {
      case DOUBLE -> new DoubleColumn(name);
      case LONG, BOOLEAN, TIMESTAMP -> new LongColumn(name, type);
      case TEXT -> new TextColumn(name);
    };
  }

  /** Returns a test that every value passes or no value passes. A null never passes. */
  static Filter always(Name name, boolean passes) {
    return passes ? new Filter.NullTest(name.text(), Polarity.NEGATIVE) : Filter.Constant.FALSE;
  }

  static InvalidConditionException clash(Name name, Type type, Literal literal) {
    return InvalidConditionException.at(
        literal.column(),
        "literal must suit the type of its attribute",
        "name='"
            + InvalidConditionException.shown(name.text())
            + "', type="
            + type.label()
            + ", literal type="
            + literal.kind()
            + ", literal="
            + InvalidConditionException.shown(literal.toString()));
  }
}
