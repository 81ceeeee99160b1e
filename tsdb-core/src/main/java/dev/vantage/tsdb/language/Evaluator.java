package dev.vantage.tsdb.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs nodes with the state of one program. Calls in tail position return to the loop here, so that
 * each counted level of depth takes a few frames of the stack of Java. Not thread-safe.
 */
final class Evaluator {
  /** Stands for the value of the call or form that is pending. Never seen by a program. */
  private static final Value PENDING = new Value.Symbol("pending");

  private final Meter meter;
  private final Host host;
  private Value pendingFunction = Value.Nil.NIL;
  private Value[] pendingArguments = {};
  private Site pendingSite = new Site(Position.START, List.of());
  private @Nullable Node pendingNode;
  private Scope pendingScope = new Scope(0, null);

  Evaluator(Meter meter, Host host) {
    this.meter = meter;
    this.host = host;
  }

  Meter meter() {
    return meter;
  }

  Host host() {
    return host;
  }

  /** Evaluates a form to its value. */
  Value evaluate(Node node, Scope scope) {
    meter.step();
    if (node.isLeaf()) {
      return node.evaluate(scope, this);
    }
    meter.at(node.position());
    meter.enter();
    Value value = settled(node.evaluate(scope, this));
    meter.leave();
    return value;
  }

  /**
   * Calls a function, or a keyword as the function that gets its field, from a builtin. Counts a
   * level for the builtin, which waits, and one for the function.
   */
  Value call(Value function, Site site, Value... arguments) {
    meter.step();
    meter.at(site.position());
    meter.enter();
    meter.enter();
    Value value = settled(apply(function, arguments, site));
    meter.leave();
    meter.leave();
    return value;
  }

  private Value settled(Value result) {
    Value value = result;
    while (value == PENDING) {
      meter.step();
      Node node = pendingNode;
      value =
          node == null
              ? apply(pendingFunction, pendingArguments, pendingSite)
              : node.evaluate(pendingScope, this);
    }
    return value;
  }

  private Value apply(Value function, Value[] arguments, Site site) {
    meter.at(site.position());
    if (function instanceof Procedure procedure) {
      return procedure.apply(arguments, site, this);
    } else if (function instanceof Value.Keyword keyword) {
      return FieldAccess.get(keyword, arguments, site);
    }
    throw ProgramException.at(
        site.position(),
        "call/function",
        "only a function can be called: " + ValuePrinter.brief(function));
  }

  /** Says that the value of a form is that of another form. */
  Value tail(Node node, Scope scope) {
    if (node.isLeaf()) {
      return node.evaluate(scope, this);
    }
    pendingNode = node;
    pendingScope = scope;
    return PENDING;
  }

  /** Says that the value of a form is that of a call. */
  Value tailCall(Value function, Value[] arguments, Site site) {
    pendingFunction = function;
    pendingArguments = arguments;
    pendingSite = site;
    pendingNode = null;
    return PENDING;
  }
}
