package dev.vantage.tsdb.language;

import java.util.Set;

/**
 * A form with a rule of its own. Immutable.
 *
 * @param name the symbol that begins it; cannot be bound
 * @param signature how it is written
 * @param help what it does, in a sentence
 * @param arity how many parts follow the name
 * @param rule makes its node
 */
record SpecialForm(String name, String signature, String help, Arity arity, Rule rule) {

  /** The fewest and the most parts after the name. */
  record Arity(int fewest, int most) {}

  /** Makes the node of a form. */
  interface Rule {
    /**
     * Checks and compiles a form.
     *
     * @throws ProgramException if the form is malformed
     */
    Node compile(Form.Sequence form, Compilation compilation);

    /**
     * Checks and compiles a form whose table a step around it needs more columns of. A form that is
     * not a step of a plan gives its columns as they are.
     */
    default Node compile(Form.Sequence form, Set<String> wanted, Compilation compilation) {
      return compile(form, compilation);
    }
  }

  /** The same form under another name. */
  SpecialForm named(String other) {
    return new SpecialForm(other, signature.replace("(" + name, "(" + other), help, arity, rule);
  }

  /**
   * Checks the number of parts.
   *
   * @throws ProgramException if there are too few or too many
   */
  void check(Form.Sequence form) {
    checkCount(form.position(), form.arguments().size(), arity, signature);
  }

  /** Checks a number of arguments of something with a signature. */
  static void checkCount(Position position, int count, Arity arity, String signature) {
    if (count < arity.fewest || count > arity.most) {
      String wanted =
          arity.most == arity.fewest
              ? Integer.toString(arity.most)
              : arity.most == Integer.MAX_VALUE
                  ? "at least " + arity.fewest
                  : arity.fewest + " to " + arity.most;
      throw ProgramException.at(
          position,
          "call/arity",
          "arguments must be " + wanted + ": arguments=" + count + ", signature=" + signature);
    }
  }
}
