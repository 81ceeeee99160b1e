package dev.vantage.tsdb.condition;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The syntax tree of a condition, before types are known. {@code toString} is canonical. Immutable.
 */
sealed interface Expression {

  /** The name of an attribute and its column in the text, in chars, from 1. */
  record Name(String text, int column) {
    @Override
    public String toString() {
      return Names.written(text);
    }
  }

  record And(List<Expression> operands) implements Expression {
    @Override
    public String toString() {
      return operands.stream()
          .map(operand -> operand instanceof Or ? "(" + operand + ")" : operand.toString())
          .collect(Collectors.joining(" and "));
    }
  }

  record Or(List<Expression> operands) implements Expression {
    @Override
    public String toString() {
      return operands.stream().map(Expression::toString).collect(Collectors.joining(" or "));
    }
  }

  record Not(Expression operand) implements Expression {
    @Override
    public String toString() {
      boolean isGroup = operand instanceof And || operand instanceof Or;
      return isGroup ? "not (" + operand + ")" : "not " + operand;
    }
  }

  record Compared(Name name, Comparison comparison, Literal literal) implements Expression {
    @Override
    public String toString() {
      return name + " " + comparison.symbol() + " " + literal;
    }
  }

  record Between(Name name, boolean negated, Literal low, Literal high) implements Expression {
    @Override
    public String toString() {
      return name + not(negated) + " between " + low + " and " + high;
    }
  }

  record In(Name name, boolean negated, List<Literal> literals) implements Expression {
    @Override
    public String toString() {
      return name
          + not(negated)
          + literals.stream()
              .map(Literal::toString)
              .collect(Collectors.joining(", ", " in (", ")"));
    }
  }

  record Like(Name name, boolean negated, LikePattern pattern) implements Expression {
    @Override
    public String toString() {
      return name + not(negated) + " like " + pattern;
    }
  }

  record Null(Name name, boolean negated) implements Expression {
    @Override
    public String toString() {
      return name + (negated ? " is not null" : " is null");
    }
  }

  /** A boolean attribute used as a test. */
  record Flag(Name name) implements Expression {
    @Override
    public String toString() {
      return name.toString();
    }
  }

  private static String not(boolean negated) {
    return negated ? " not" : "";
  }
}
