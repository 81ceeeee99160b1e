package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.condition.Expression.Name;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Binds the attributes of a condition to their types, and moves negation into the tests. */
final class Binder {
  private final AttributeTypes types;

  Binder(AttributeTypes types) {
    this.types = types;
  }

  Filter bind(Expression expression) {
    return bind(expression, false);
  }

  private Filter bind(Expression expression, boolean negated) {
    if (expression instanceof Expression.Not not) {
      return bind(not.operand(), !negated);
    } else if (expression instanceof Expression.And and) {
      return joined(and.operands(), negated, !negated);
    } else if (expression instanceof Expression.Or or) {
      return joined(or.operands(), negated, negated);
    } else if (expression instanceof Expression.Null test) {
      typeOf(test.name());
      return new Filter.NullTest(test.name().text(), Polarity.of(test.negated() != negated));
    } else if (expression instanceof Expression.Compared test) {
      return compared(test, negated);
    } else if (expression instanceof Expression.Between test) {
      return columnOf(test.name())
          .range(Optional.of(test.low()), Optional.of(test.high()), test.negated() != negated);
    } else if (expression instanceof Expression.In test) {
      return columnOf(test.name()).among(test.literals(), test.negated() != negated);
    } else if (expression instanceof Expression.Like test) {
      return like(test, test.negated() != negated);
    } else if (expression instanceof Expression.Flag test) {
      return flag(test.name(), negated);
    }
    throw new AssertionError(expression);
  }

  /** Joins operands. A constant false decides an AND and is dropped from an OR. */
  private Filter joined(List<Expression> operands, boolean negated, boolean isAnd) {
    List<Filter> filters = new ArrayList<>();
    boolean hasNever = false;
    for (Expression operand : operands) {
      Filter filter = bind(operand, negated);
      if (filter == Filter.Constant.FALSE) {
        hasNever = true;
      } else if (isAnd && filter instanceof Filter.And and) {
        filters.addAll(and.operands());
      } else if (!isAnd && filter instanceof Filter.Or or) {
        filters.addAll(or.operands());
      } else {
        filters.add(filter);
      }
    }
    if (filters.isEmpty() || isAnd && hasNever) {
      return Filter.Constant.FALSE;
    } else if (filters.size() == 1) {
      return filters.get(0);
    }
    return isAnd ? new Filter.And(filters) : new Filter.Or(filters);
  }

  /** Binds a comparison as a closed range or the negation of one. */
  private Filter compared(Expression.Compared test, boolean negated) {
    Column column = columnOf(test.name());
    Optional<Literal> literal = Optional.of(test.literal());
    Optional<Literal> none = Optional.empty();
    return switch (test.comparison()) {
      case EQUAL -> column.range(literal, literal, negated);
      case NOT_EQUAL -> column.range(literal, literal, !negated);
      case LESS -> column.range(literal, none, !negated);
      case LESS_OR_EQUAL -> column.range(none, literal, negated);
      case GREATER -> column.range(none, literal, !negated);
      case GREATER_OR_EQUAL -> column.range(literal, none, negated);
    };
  }

  private Filter like(Expression.Like test, boolean negated) {
    expect(test.name(), Type.TEXT, "an attribute before like must be a text");
    Accepted<String> accepted = new Accepted.Matching(test.pattern());
    return new TextFilter(new Leaf<>(test.name().text(), accepted, Polarity.of(negated)));
  }

  private Filter flag(Name name, boolean negated) {
    expect(name, Type.BOOLEAN, "an attribute that is a condition by itself must be a boolean");
    Optional<Literal> yes = Optional.of(new Literal.Truth(true, name.column()));
    return Column.of(name, Type.BOOLEAN).range(yes, yes, negated);
  }

  private void expect(Name name, Type wanted, String rule) {
    Type type = typeOf(name);
    if (type != wanted) {
      throw InvalidConditionException.at(
          name.column(),
          rule,
          "name='"
              + InvalidConditionException.shown(name.text())
              + "', type="
              + type.label()
              + ", wanted="
              + wanted.label());
    }
  }

  private Column columnOf(Name name) {
    return Column.of(name, typeOf(name));
  }

  private Type typeOf(Name name) {
    Function<String, String> nearest = known -> ", nearest='" + known + "'";
    return types
        .type(name.text())
        .orElseThrow(
            () ->
                InvalidConditionException.at(
                    name.column(),
                    "no such attribute",
                    "name='"
                        + InvalidConditionException.shown(name.text())
                        + "'"
                        + types.nearest(name.text()).map(nearest).orElse("")));
  }
}
