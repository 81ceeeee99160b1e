package dev.vantage.tsdb.language;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.language.ConditionTemplate.Group;
import dev.vantage.tsdb.series.AttributeTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A condition written as a text, with the form that each part of the text came from. So there is
 * one grammar, one evaluation and one way to SQL, and errors are reported at forms. Not
 * thread-safe.
 */
final class WrittenCondition {
  private static final String MALFORMED = "condition/form";
  private static final String NEVER = "id is null";

  private final Position position;
  private final Scope scope;
  private final Evaluator evaluator;
  private final StringBuilder text = new StringBuilder();
  private final TreeMap<Integer, Position> places = new TreeMap<>();
  private final List<ConditionTemplate.Name> names = new ArrayList<>();
  private Outcome outcome = Outcome.DEPENDS;
  private @Nullable Condition condition;

  /** What is known of a condition without looking at a series. */
  enum Outcome {
    TRUE,
    FALSE,
    DEPENDS;

    private Outcome opposite() {
      return switch (this) {
        case TRUE -> FALSE;
        case FALSE -> TRUE;
        case DEPENDS -> DEPENDS;
      };
    }
  }

  private WrittenCondition(Position position, Scope scope, Evaluator evaluator) {
    this.position = position;
    this.scope = scope;
    this.evaluator = evaluator;
  }

  /**
   * Evaluates the literals of a condition, and writes it.
   *
   * @throws ProgramException if a literal has no value to compare with, or the condition exceeds a
   *     limit
   */
  static WrittenCondition of(ConditionTemplate template, Scope scope, Evaluator evaluator) {
    WrittenCondition written = new WrittenCondition(template.position(), scope, evaluator);
    written.outcome = written.write(template);
    if (written.outcome == Outcome.DEPENDS) {
      written.parse();
    }
    return written;
  }

  private void parse() {
    try {
      condition = Condition.parse(text.toString());
    } catch (InvalidConditionException e) {
      throw ProgramException.at(place(e), MALFORMED, message(e));
    }
  }

  /** Returns the condition for a search; empty if every series meets it. */
  Optional<Condition> forDatabase() {
    return switch (outcome) {
      case TRUE -> Optional.empty();
      case FALSE -> Optional.of(Condition.parse(NEVER));
      case DEPENDS -> Optional.ofNullable(condition);
    };
  }

  /**
   * Returns the condition for the rows of a table.
   *
   * @throws ProgramException if a column is unknown or compared with another type
   */
  Filter forTable(Table table) {
    Condition bindable = condition;
    if (bindable == null) {
      return outcome == Outcome.TRUE ? Filter.Constant.TRUE : Filter.Constant.FALSE;
    }
    for (ConditionTemplate.Name name : names) {
      if (table.place(name.text()).isEmpty()) {
        throw name.unknown(
            "column must be in the table: ",
            Nearest.of(name.text(), table.names())
                .or(() -> evaluator.host().nearestAttribute(name.text())));
      }
    }
    return bound(bindable, ColumnTypes.of(table, bindable, position));
  }

  /** Explains why a database refused the condition. */
  ProgramException refused(InvalidConditionException e, AttributeTypes types) {
    for (ConditionTemplate.Name name : names) {
      if (types.type(name.text()).isEmpty()) {
        return name.unknown("attribute must be declared: ", types.nearest(name.text()));
      }
    }
    if (condition != null) {
      bound(condition, types);
    }
    return ProgramException.at(position, MALFORMED, message(e));
  }

  private Filter bound(Condition bindable, AttributeTypes types) {
    try {
      return bindable.bind(types);
    } catch (InvalidConditionException e) {
      throw ProgramException.at(place(e), "condition/type", message(e));
    }
  }

  private Position place(InvalidConditionException e) {
    Integer from = places.floorKey(e.column() - 1);
    return from == null ? position : places.getOrDefault(from, position);
  }

  /** Returns a message without the column in a text that nobody wrote. */
  private static String message(InvalidConditionException e) {
    return String.valueOf(e.getMessage()).replaceFirst("[,:] column=[0-9]+$", "");
  }

  /** Writes a condition, or nothing where its outcome is known. */
  private Outcome write(ConditionTemplate template) {
    if (template instanceof ConditionTemplate.Written written) {
      at(written.position());
      written
          .condition()
          .impliedTypes()
          .keySet()
          .forEach(name -> names.add(new ConditionTemplate.Name(name, written.position(), "")));
      text.append('(').append(written.condition()).append(')');
      return Outcome.DEPENDS;
    } else if (template instanceof ConditionTemplate.Not not) {
      int from = text.length();
      at(not.position());
      text.append("not (");
      Outcome inner = write(not.operand());
      text.append(')');
      text.setLength(inner == Outcome.DEPENDS ? text.length() : from);
      return inner.opposite();
    } else if (template instanceof Group group) {
      return write(group);
    } else if (template instanceof ConditionTemplate.Member member) {
      return write(member);
    } else if (template instanceof ConditionTemplate.Test test) {
      write(test);
      return Outcome.DEPENDS;
    }
    return Outcome.TRUE;
  }

  private Outcome write(Group group) {
    Outcome neutral = group.kind() == Group.Kind.AND ? Outcome.TRUE : Outcome.FALSE;
    int from = text.length();
    boolean isEmpty = true;
    boolean isDecided = false;
    text.append('(');
    for (ConditionTemplate operand : group.operands()) {
      int before = text.length();
      text.append(isEmpty ? "" : group.kind() == Group.Kind.AND ? " and " : " or ");
      Outcome outcomeOfOperand = write(operand);
      if (outcomeOfOperand == Outcome.DEPENDS) {
        isEmpty = false;
      } else {
        text.setLength(before);
        isDecided |= outcomeOfOperand != neutral;
      }
    }
    text.append(')');
    if (isEmpty || isDecided) {
      text.setLength(from);
      return isDecided ? neutral.opposite() : neutral;
    }
    return Outcome.DEPENDS;
  }

  private Outcome write(ConditionTemplate.Member member) {
    Value list = evaluator.evaluate(member.list(), scope);
    if (!(list instanceof Value.ListValue values)) {
      throw ProgramException.at(
          member.list().position(),
          "condition/value",
          "in must have a list: type=" + list.type() + ", value=" + ValuePrinter.brief(list));
    }
    names.add(member.name());
    if (values.items().isEmpty()) {
      return Outcome.FALSE;
    }
    write(member.name());
    String before = " in (";
    for (Value value : values.items()) {
      evaluator.meter().step();
      text.append(before);
      literal(value, member.list().position());
      before = ", ";
    }
    text.append(')');
    return Outcome.DEPENDS;
  }

  private void write(ConditionTemplate.Test test) {
    for (ConditionTemplate.Piece piece : test.pieces()) {
      if (piece instanceof ConditionTemplate.Name name) {
        names.add(name);
        write(name);
      } else if (piece instanceof ConditionTemplate.Literal literal) {
        Value value = evaluator.evaluate(literal.value(), scope);
        literal(value, literal.value().position());
      } else if (piece instanceof ConditionTemplate.Words words) {
        text.append(' ').append(words.text()).append(' ');
      }
    }
  }

  private void at(Position newPosition) {
    places.put(text.length(), newPosition);
  }

  private void write(ConditionTemplate.Name name) {
    at(name.position());
    text.append('"').append(name.text().replace("\"", "\"\"")).append('"');
  }

  private void literal(Value value, Position at) {
    at(at);
    if (value instanceof Value.Text string) {
      text.append('\'').append(string.value().replace("'", "''")).append('\'');
    } else if (value instanceof Value.Moment moment) {
      text.append("timestamp '").append(moment.value()).append('\'');
    } else if (value instanceof Value.Bool || Comparing.isNumber(value)) {
      text.append(value);
    } else {
      throw ProgramException.at(
          at,
          "condition/value",
          value instanceof Value.Nil
              ? "a literal must not be nil, hint: write (nil? ATTRIBUTE)"
              : "a literal must be a number, text, timestamp or boolean: type="
                  + value.type()
                  + ", value="
                  + ValuePrinter.brief(value));
    }
  }
}
