package dev.vantage.tsdb.language;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.language.ConditionTemplate.Group;
import dev.vantage.tsdb.language.ConditionTemplate.Literal;
import dev.vantage.tsdb.language.ConditionTemplate.Name;
import dev.vantage.tsdb.language.ConditionTemplate.Piece;
import dev.vantage.tsdb.language.ConditionTemplate.Test;
import dev.vantage.tsdb.language.ConditionTemplate.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a form as a condition. A symbol is an attribute, and an expression has a comma before it:
 * nothing is guessed from the names that are bound. Not thread-safe.
 */
final class ConditionCompiler {
  static final String FORM = "condition/form";

  private static final Map<String, String> COMPARISONS =
      Map.of("=", "=", "!=", "<>", "<", "<", "<=", "<=", ">", ">", ">=", ">=");

  private final Compilation compilation;

  private ConditionCompiler(Compilation compilation) {
    this.compilation = compilation;
  }

  /**
   * Reads a condition.
   *
   * @throws ProgramException if the form is not a condition
   */
  static ConditionTemplate compile(Form form, Compilation compilation) {
    return new ConditionCompiler(compilation).condition(form);
  }

  private ConditionTemplate condition(Form form) {
    if (form instanceof Form.Sequence list && list.head().isPresent()) {
      return list(list, list.head().get());
    } else if (form.symbol().isPresent()) {
      return new Test(List.of(name(form)), form.position());
    } else if (form.value() instanceof Value.Text text) {
      return written(text.value(), form.position());
    } else if (form.value() == Value.Bool.TRUE) {
      return new ConditionTemplate.Always(form.position());
    }
    throw refused(form);
  }

  private static ProgramException refused(Form form) {
    return ProgramException.at(
        form.position(),
        FORM,
        "condition must be an attribute, a comparison, between, in, like, nil?, not, and, or, true,"
            + " or a text: "
            + ValuePrinter.brief(form.value()));
  }

  private static ConditionTemplate written(String text, Position position) {
    try {
      return new ConditionTemplate.Written(Condition.parse(text), position);
    } catch (InvalidConditionException e) {
      throw ProgramException.at(position, FORM, String.valueOf(e.getMessage()));
    }
  }

  private ConditionTemplate list(Form.Sequence form, String head) {
    Position position = form.position();
    return switch (head) {
      case "and" -> new Group(Group.Kind.AND, conditions(form), position);
      case "or" -> new Group(Group.Kind.OR, conditions(form), position);
      case "not" ->
          new ConditionTemplate.Not(condition(only(form, 1, "(not CONDITION)")), position);
      case "nil?" ->
          new Test(
              List.of(name(only(form, 1, "(nil? ATTRIBUTE)")), new Words("is null")), position);
      case "between" -> between(form);
      case "in" -> in(form);
      case "like" -> like(form);
      default -> {
        String comparison = COMPARISONS.get(head);
        if (comparison == null) {
          throw refused(form);
        }
        yield comparison(form, comparison);
      }
    };
  }

  private List<ConditionTemplate> conditions(Form.Sequence form) {
    List<ConditionTemplate> all = new ArrayList<>();
    form.arguments().forEach(argument -> all.add(condition(argument)));
    return all;
  }

  /** Checks the number of parts, and returns the first. */
  private static Form only(Form.Sequence form, int parts, String signature) {
    if (form.arguments().size() != parts) {
      throw ProgramException.at(
          form.position(),
          FORM,
          "parts must be "
              + parts
              + ": parts="
              + form.arguments().size()
              + ", signature="
              + signature
              + (parts == 2 && form.arguments().size() == 3 ? ", hint: use between" : ""));
    }
    return form.arguments().get(0);
  }

  private ConditionTemplate comparison(Form.Sequence form, String operator) {
    Form left = only(form, 2, "(" + form.head().orElse("=") + " ATTRIBUTE LITERAL)");
    Form right = form.arguments().get(1);
    boolean isTurned = right.symbol().isPresent();
    if (isTurned == left.symbol().isPresent()) {
      checkVariables(left, right);
      throw ProgramException.at(
          form.position(),
          FORM,
          "an attribute must be compared with a literal or ,EXPR: "
              + ValuePrinter.brief(form.value()));
    }
    Words between = new Words(operator);
    return new Test(
        isTurned
            ? List.of(literal(left), between, name(right))
            : List.of(name(left), between, literal(right)),
        form.position());
  }

  /** Says how a variable is written if one is compared with an attribute. */
  private void checkVariables(Form... sides) {
    for (Form side : sides) {
      if (side.symbol().isPresent() && !name(side).variable().isEmpty()) {
        throw name(side).unknown("attribute must be declared: ", Optional.empty());
      }
    }
  }

  private ConditionTemplate between(Form.Sequence form) {
    Form first = only(form, 3, "(between ATTRIBUTE LITERAL LITERAL)");
    return new Test(
        List.of(
            name(first),
            new Words("between"),
            literal(form.arguments().get(1)),
            new Words("and"),
            literal(form.arguments().get(2))),
        form.position());
  }

  private ConditionTemplate in(Form.Sequence form) {
    Name name = name(only(form, 2, "(in ATTRIBUTE (LITERAL ...)) or (in ATTRIBUTE ,LIST)"));
    Form members = form.arguments().get(1);
    Optional<String> head = members.head();
    if (head.filter("unquote"::equals).isPresent()) {
      return new ConditionTemplate.Member(
          name, compilation.expression(argument(members)), form.position());
    }
    Form list = head.filter("quote"::equals).isPresent() ? argument(members) : members;
    if (!(list instanceof Form.Sequence literals)) {
      throw ProgramException.at(
          members.position(),
          FORM,
          "in must have literals in parentheses, or ,LIST: " + ValuePrinter.brief(members.value()));
    }
    if (literals.items().isEmpty()) {
      Node none = new BasicNodes.Constant(Value.ListValue.EMPTY, list.position());
      return new ConditionTemplate.Member(name, none, form.position());
    }
    List<Piece> pieces = new ArrayList<>(List.of(name, new Words("in (")));
    for (int i = 0; i < literals.items().size(); i++) {
      pieces.addAll(i == 0 ? List.of() : List.of(new Words(",")));
      pieces.add(literal(literals.items().get(i)));
    }
    pieces.add(new Words(")"));
    return new Test(pieces, form.position());
  }

  private static Form argument(Form form) {
    return ((Form.Sequence) form).arguments().get(0);
  }

  private ConditionTemplate like(Form.Sequence form) {
    boolean hasEscape = form.arguments().size() == 4;
    Form first = only(form, hasEscape ? 4 : 2, "(like ATTRIBUTE TEXT [:escape TEXT])");
    List<Piece> pieces = new ArrayList<>(List.of(name(first), new Words("like")));
    pieces.add(literal(form.arguments().get(1)));
    if (hasEscape) {
      if (form.arguments().get(2).keyword().filter("escape"::equals).isEmpty()) {
        throw refused(form.arguments().get(2));
      }
      pieces.addAll(List.of(new Words("escape"), literal(form.arguments().get(3))));
    }
    return new Test(pieces, form.position());
  }

  private Name name(Form form) {
    String name =
        form.symbol()
            .orElseThrow(
                () ->
                    ProgramException.at(
                        form.position(),
                        FORM,
                        "an attribute must be a name: " + ValuePrinter.brief(form.value())));
    boolean isVariable = compilation.isVariable(name);
    return new Name(
        name,
        form.position(),
        isVariable ? ", hint: a variable is written with a comma: ," + Spelling.name(name) : "");
  }

  private Literal literal(Form form) {
    if (form.head().filter("unquote"::equals).isPresent()
        && ((Form.Sequence) form).items().size() == 2) {
      return new Literal(compilation.expression(argument(form)));
    }
    boolean isLiteral = form instanceof Form.Atom && Cells.type(form.value()).isPresent();
    if (!isLiteral && form.value() != Value.Nil.NIL) {
      throw ProgramException.at(
          form.position(),
          FORM,
          "a literal must be a number, text, timestamp, true, false or ,EXPR: "
              + ValuePrinter.brief(form.value()));
    }
    return new Literal(new BasicNodes.Constant(form.value(), form.position()));
  }
}
