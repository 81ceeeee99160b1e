package dev.vantage.tsdb.language;

import java.util.List;

/** The nodes of the forms that every Lisp has. */
final class BasicNodes {
  private BasicNodes() {}

  /** A value that is known. */
  static final class Constant extends Node {
    private final Value value;

    Constant(Value value, Position position) {
      super(position);
      this.value = value;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      return value;
    }

    @Override
    boolean isLeaf() {
      return true;
    }
  }

  /** A parameter, or a name that {@code let} binds. */
  static final class Local extends Node {
    private final int levels;
    private final int slot;

    Local(int levels, int slot, Position position) {
      super(position);
      this.levels = levels;
      this.slot = slot;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      return scope.out(levels).get(slot);
    }

    @Override
    boolean isLeaf() {
      return true;
    }
  }

  /** A definition of the session, an argument, or a builtin. */
  static final class Global extends Node {
    private final Globals globals;
    private final Globals.Cell cell;

    Global(Globals globals, Globals.Cell cell, Position position) {
      super(position);
      this.globals = globals;
      this.cell = cell;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      return cell.value().orElseThrow(() -> globals.unknown(cell, position()));
    }

    @Override
    boolean isLeaf() {
      return true;
    }
  }

  /** A column of the row that {@code extend} evaluates an expression for, if there is one. */
  static final class RowColumn extends Node {
    private final int levels;
    private final String name;
    private final Node other;

    RowColumn(int levels, String name, Node other) {
      super(other.position());
      this.levels = levels;
      this.name = name;
      this.other = other;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      Value row = scope.out(levels).get(0);
      Value found = row instanceof Value.RecordValue record ? record.fields().get(name) : null;
      return found == null ? other.evaluate(scope, evaluator) : found;
    }

    @Override
    boolean isLeaf() {
      return true;
    }
  }

  /** {@code if}. */
  static final class If extends Node {
    private final Node test;
    private final Node then;
    private final Node otherwise;

    If(Node test, Node then, Node otherwise, Position position) {
      super(position);
      this.test = test;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      boolean isTrue = evaluator.evaluate(test, scope).isTrue();
      return evaluator.tail(isTrue ? then : otherwise, scope);
    }
  }

  /** {@code and}, which goes on while values are true, or {@code or}, which goes on while not. */
  static final class Logic extends Node {
    /** The values that go on. */
    enum Kind {
      AND,
      OR
    }

    private final Kind kind;
    private final List<Node> first;
    private final Node last;

    Logic(Kind kind, List<Node> operands, Position position) {
      super(position);
      this.kind = kind;
      this.first = operands.subList(0, operands.size() - 1);
      this.last = operands.get(operands.size() - 1);
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      for (Node operand : first) {
        Value value = evaluator.evaluate(operand, scope);
        if (value.isTrue() != (kind == Kind.AND)) {
          return value;
        }
      }
      return evaluator.tail(last, scope);
    }
  }

  /** Forms in order, of which the last gives the value. */
  static final class Begin extends Node {
    private final List<Node> first;
    private final Node last;

    Begin(List<Node> forms, Position position) {
      super(position);
      this.first = forms.subList(0, forms.size() - 1);
      this.last = forms.get(forms.size() - 1);
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      for (Node form : first) {
        evaluator.evaluate(form, scope);
      }
      return evaluator.tail(last, scope);
    }
  }

  /** A binding of {@code let}. */
  static final class Bind extends Node {
    private final int slot;
    private final Node value;

    Bind(int slot, Node value) {
      super(value.position());
      this.slot = slot;
      this.value = value;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      scope.set(slot, evaluator.evaluate(value, scope));
      return Value.Nil.NIL;
    }
  }

  /** {@code lambda}. */
  static final class Lambda extends Node {
    private static final int OWN_BYTES = 3 * Meter.ELEMENT;

    private final String name;
    private final Closure.Signature signature;
    private final Node body;

    Lambda(String name, Closure.Signature signature, Node body, Position position) {
      super(position);
      this.name = name;
      this.signature = signature;
      this.body = body;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      // The function keeps the scope, of which it may be the only user left.
      evaluator.meter().allocate(1, OWN_BYTES);
      evaluator.meter().allocate(scope.size(), Meter.ELEMENT);
      return new Closure(name, signature, body, scope);
    }
  }

  /** A call. */
  static final class Call extends Node {
    private final Node function;
    private final List<Node> arguments;
    private final Site site;

    Call(Node function, List<Node> arguments, Position position) {
      super(position);
      this.function = function;
      this.arguments = arguments;
      this.site = new Site(position, arguments.stream().map(Node::position).toList());
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      Value called = evaluator.evaluate(function, scope);
      Value[] values = new Value[arguments.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = evaluator.evaluate(arguments.get(i), scope);
      }
      return evaluator.tailCall(called, values, site);
    }
  }

  /** {@code define}. */
  static final class Define extends Node {
    private final Globals.Cell cell;
    private final Node value;

    Define(Globals.Cell cell, Node value, Position position) {
      super(position);
      this.cell = cell;
      this.value = value;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      cell.define(evaluator.evaluate(value, scope));
      return Value.Nil.NIL;
    }
  }
}
