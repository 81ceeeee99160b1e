package dev.vantage.tsdb.language;

/** A compiled form. Immutable. */
abstract class Node {
  private final Position position;

  Node(Position position) {
    this.position = position;
  }

  final Position position() {
    return position;
  }

  /**
   * Evaluates the form. A form whose value is that of another form, or of a call, returns {@link
   * Evaluator#tail} in place of it, so that calls in tail position take no stack.
   */
  abstract Value evaluate(Scope scope, Evaluator evaluator);

  /** Says whether evaluation is a look-up: then it needs neither a level of depth nor a loop. */
  boolean isLeaf() {
    return false;
  }
}
