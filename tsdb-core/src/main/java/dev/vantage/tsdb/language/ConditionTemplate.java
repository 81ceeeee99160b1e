package dev.vantage.tsdb.language;

import dev.vantage.tsdb.condition.Condition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A condition as a form: tests of attributes, with literals that may be expressions. Immutable. */
sealed interface ConditionTemplate {

  /** The place of the form. */
  Position position();

  /** Every series. */
  record Always(Position position) implements ConditionTemplate {}

  /** A condition in the language of conditions. */
  record Written(Condition condition, Position position) implements ConditionTemplate {}

  /** The opposite of a condition. */
  record Not(ConditionTemplate operand, Position position) implements ConditionTemplate {}

  /** Conditions that all hold, or of which one holds. */
  record Group(Kind kind, List<ConditionTemplate> operands, Position position)
      implements ConditionTemplate {
    /** How the operands are joined. */
    enum Kind {
      AND,
      OR
    }
  }

  /** A test of one attribute: words, names and literals in the order of the text. */
  record Test(List<Piece> pieces, Position position) implements ConditionTemplate {}

  /** Whether an attribute is one of the elements of a list. */
  record Member(Name name, Node list, Position position) implements ConditionTemplate {}

  /** A part of the text of a test. */
  sealed interface Piece {}

  /** Words of the language of conditions. */
  record Words(String text) implements Piece {}

  /**
   * An attribute.
   *
   * @param variable what to say if no attribute, but a variable has the name; empty if none has
   */
  record Name(String text, Position position, String variable) implements Piece {

    /** Says that nothing of the name is there. */
    ProgramException unknown(String rule, Optional<String> nearest) {
      return ProgramException.near(
          position,
          "condition/name",
          rule + Spelling.name(text) + variable,
          variable.isEmpty() ? nearest : Optional.empty());
    }
  }

  /** A literal. */
  record Literal(Node value) implements Piece {}

  /** Returns the names of the attributes that are tested, in order. */
  default Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    collect(this, names);
    return names;
  }

  private static void collect(ConditionTemplate template, Set<String> names) {
    if (template instanceof Written written) {
      names.addAll(written.condition().impliedTypes().keySet());
    } else if (template instanceof Not not) {
      collect(not.operand(), names);
    } else if (template instanceof Group group) {
      group.operands().forEach(operand -> collect(operand, names));
    } else if (template instanceof Member member) {
      names.add(member.name().text());
    } else if (template instanceof Test test) {
      for (Piece piece : test.pieces()) {
        if (piece instanceof Name name) {
          names.add(name.text());
        }
      }
    }
  }
}
