package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.condition.Expression.Name;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the types that the literals of a condition imply for its attributes. Not thread-safe.
 */
final class ImpliedTypes {
  private final Map<String, Type> types = new LinkedHashMap<>();
  private final List<String> nullTested = new ArrayList<>();

  private ImpliedTypes() {}

  /** Returns the type of each attribute, by the first literal it is compared with; else text. */
  static Map<String, Type> of(Expression expression) {
    ImpliedTypes implied = new ImpliedTypes();
    implied.visit(expression);
    implied.nullTested.forEach(name -> implied.types.putIfAbsent(name, Type.TEXT));
    return implied.types;
  }

  private void visit(Expression expression) {
    if (expression instanceof Expression.Not not) {
      visit(not.operand());
    } else if (expression instanceof Expression.And and) {
      and.operands().forEach(this::visit);
    } else if (expression instanceof Expression.Or or) {
      or.operands().forEach(this::visit);
    } else if (expression instanceof Expression.Null test) {
      nullTested.add(test.name().text());
    } else if (expression instanceof Expression.Compared test) {
      imply(test.name(), List.of(test.literal()));
    } else if (expression instanceof Expression.Between test) {
      imply(test.name(), List.of(test.low()));
    } else if (expression instanceof Expression.In test) {
      imply(test.name(), test.literals());
    } else if (expression instanceof Expression.Like test) {
      types.putIfAbsent(test.name().text(), Type.TEXT);
    } else if (expression instanceof Expression.Flag test) {
      types.putIfAbsent(test.name().text(), Type.BOOLEAN);
    }
  }

  private void imply(Name name, List<Literal> literals) {
    types.putIfAbsent(name.text(), typeOf(literals.get(0)));
  }

  private static Type typeOf(Literal literal) {
    if (literal instanceof Literal.Number) {
      return Type.DOUBLE;
    } else if (literal instanceof Literal.Truth) {
      return Type.BOOLEAN;
    }
    return literal instanceof Literal.Moment ? Type.TIMESTAMP : Type.TEXT;
  }
}
