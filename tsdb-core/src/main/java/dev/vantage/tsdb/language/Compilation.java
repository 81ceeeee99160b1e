package dev.vantage.tsdb.language;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the rule of a form may ask of the compiler. */
interface Compilation {
  /** Compiles an expression. */
  Node expression(Form form);

  /**
   * Compiles an expression that gives a table, and lets the search in it fetch attributes. Where
   * the expression is not a search, nor a step around one, it is compiled as any other.
   *
   * @param wanted the names of columns that a step around the expression needs
   */
  Node table(Form form, Set<String> wanted);

  /** Compiles forms in order, of which the last gives the value; nil of none. */
  Node body(List<Form> forms, Position position);

  /** Compiles a function. */
  Node lambda(String name, Form parameters, List<Form> body, Position position);

  /** Compiles an expression over the columns of a row. */
  RowExpression row(Form form);

  /** Compiles something with more names, which end with it. */
  Node block(Function<Block, Node> inside);

  /** Returns a cell to define at the top level; empty elsewhere. */
  Optional<Globals.Cell> definition(String name);

  /** Checks that a form is a name that can be bound. */
  String bindable(Form form);

  /** Says whether a name is that of a variable here. */
  boolean isVariable(String name);

  /** Compiles the expressions in a form that stands in a condition. */
  List<Node> expressions(List<Form> forms);

  /** Binds names one after the other. */
  interface Block {
    /** Binds a name and returns its slot. */
    int bind(String name);
  }

  /**
   * An expression over a row.
   *
   * @param body the expression
   * @param slots the names in its scope; slot 0 is for the row
   * @param names the symbols in it that may be columns
   */
  record RowExpression(Node body, int slots, Set<String> names) {}
}
