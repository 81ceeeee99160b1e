package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.condition.Expression.Name;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.List;
import java.util.Optional;

/** Makes tests of an attribute, each exact for whatever literals it is given. */
interface Column {
  /** Whether a value is from low to high, both included, or is not. */
  Filter range(Optional<Literal> low, Optional<Literal> high, boolean negated);

  /** Whether a value is one of some literals, or is not. */
  Filter among(List<Literal> literals, boolean negated);

  static Column of(Name name, Type type) {
    return switch (type) {
      case DOUBLE -> new DoubleColumn(name);
      case LONG, BOOLEAN, TIMESTAMP -> new LongColumn(name, type);
      case TEXT -> new TextColumn(name);
    };
  }

  /** A test that no value passes, or every one does; no null does. */
  static Filter always(Name name, boolean passes) {
    return passes ? new Filter.NullTest(name.text(), true) : new Filter.Constant(false);
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
