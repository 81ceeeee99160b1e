package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * The oracle of conditions: evaluates the parsed text by the definition of SQL, with three truth
 * values and numbers of unlimited precision.
 */
public final class ThreeValuedOracle {
  private enum Truth {
    FALSE,
    UNKNOWN,
    TRUE;

    static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }

    Truth not() {
      return values()[2 - ordinal()];
    }

    Truth and(Truth other) {
      return compareTo(other) < 0 ? this : other;
    }

    Truth or(Truth other) {
      return compareTo(other) > 0 ? this : other;
    }

    Truth notIf(boolean negated) {
      return negated ? not() : this;
    }
  }

  private final Map<String, AttributeValue> row;

  private ThreeValuedOracle(Map<String, AttributeValue> row) {
    this.row = row;
  }

  public static boolean matches(Condition condition, Map<String, AttributeValue> row) {
    return new ThreeValuedOracle(row).truth(condition.expression()) == Truth.TRUE;
  }

  private Truth truth(Expression expression) {
    if (expression instanceof Expression.And and) {
      return joined(and.operands(), Truth::and);
    } else if (expression instanceof Expression.Or or) {
      return joined(or.operands(), Truth::or);
    } else if (expression instanceof Expression.Not not) {
      return truth(not.operand()).not();
    } else if (expression instanceof Expression.Null test) {
      return Truth.of(value(test.name()).isEmpty() != test.negated());
    } else if (expression instanceof Expression.Compared test) {
      return compared(test.name(), test.comparison(), test.literal());
    } else if (expression instanceof Expression.Between test) {
      return compared(test.name(), Comparison.GREATER_OR_EQUAL, test.low())
          .and(compared(test.name(), Comparison.LESS_OR_EQUAL, test.high()))
          .notIf(test.negated());
    } else if (expression instanceof Expression.In test) {
      return test.literals().stream()
          .map(literal -> compared(test.name(), Comparison.EQUAL, literal))
          .reduce(Truth.FALSE, Truth::or)
          .notIf(test.negated());
    } else if (expression instanceof Expression.Like test) {
      return value(test.name())
          .map(value -> Truth.of(isLike(test.pattern().parts(), 0, value.toString())))
          .orElse(Truth.UNKNOWN)
          .notIf(test.negated());
    } else if (expression instanceof Expression.Flag test) {
      return value(test.name())
          .map(value -> Truth.of(((BooleanValue) value).value()))
          .orElse(Truth.UNKNOWN);
    }
    throw new AssertionError(expression);
  }

  private Truth joined(List<Expression> operands, BinaryOperator<Truth> operator) {
    return operands.stream().map(this::truth).reduce(operator).orElseThrow();
  }

  private Optional<AttributeValue> value(Expression.Name name) {
    return Optional.ofNullable(row.get(name.text()));
  }

  private Truth compared(Expression.Name name, Comparison comparison, Literal literal) {
    Optional<AttributeValue> value = value(name);
    if (value.isEmpty()) {
      return Truth.UNKNOWN;
    }
    int sign = sign(value.get(), literal);
    return Truth.of(
        switch (comparison) {
          case EQUAL -> sign == 0;
          case NOT_EQUAL -> sign != 0;
          case LESS -> sign < 0;
          case LESS_OR_EQUAL -> sign <= 0;
          case GREATER -> sign > 0;
          case GREATER_OR_EQUAL -> sign >= 0;
        });
  }

  private static int sign(AttributeValue value, Literal literal) {
    if (value instanceof LongValue number) {
      return BigDecimal.valueOf(number.value()).compareTo(new BigDecimal(literal.toString()));
    } else if (value instanceof DoubleValue number) {
      boolean isWhole = literal.toString().matches("-?[0-9]+");
      double nearest = Double.parseDouble(literal.toString());
      // Where both are zero, the order of doubles would tell -0.0 from 0.0.
      return isWhole
          ? new BigDecimal(number.value()).compareTo(new BigDecimal(literal.toString()))
          : number.value() == nearest ? 0 : Double.compare(number.value(), nearest);
    } else if (value instanceof TextValue text) {
      return Arrays.compareUnsigned(utf8(text.value()), utf8(((Literal.Text) literal).value()));
    } else if (value instanceof BooleanValue truth) {
      return Boolean.compare(truth.value(), ((Literal.Truth) literal).value());
    }
    TimestampValue moment =
        literal instanceof Literal.Moment m ? m.value() : Timestamps.read((Literal.Text) literal);
    return ((TimestampValue) value).value().compareTo(moment.value());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isLike(int[] parts, int from, String text) {
    if (from == parts.length) {
      return text.isEmpty();
    } else if (parts[from] == LikePattern.ANY_RUN) {
      return isLike(parts, from + 1, text)
          || !text.isEmpty() && isLike(parts, from, withoutFirst(text));
    }
    return !text.isEmpty()
        && (parts[from] == LikePattern.ANY_ONE || parts[from] == text.codePointAt(0))
        && isLike(parts, from + 1, withoutFirst(text));
  }

  private static String withoutFirst(String text) {
    return text.substring(Character.charCount(text.codePointAt(0)));
  }
}
