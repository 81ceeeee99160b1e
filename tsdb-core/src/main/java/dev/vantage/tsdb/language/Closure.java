package dev.vantage.tsdb.language;

import java.util.Arrays;
import java.util.List;

/** A function that a program made, with the scope that it was made in. */
final class Closure extends Procedure {
  private final Signature signature;
  private final Node body;
  private final Scope scope;

  /**
   * The parameters of a function. Immutable.
   *
   * @param parameters the names of the parameters; the last takes the rest if {@code arity} is open
   * @param arity whether the function takes more arguments than it names
   * @param slots the names in the whole body, parameters first
   */
  record Signature(List<String> parameters, Arity arity, int slots) {
    enum Arity {
      FIXED,
      OPEN
    }

    int required() {
      return arity == Arity.OPEN ? parameters.size() - 1 : parameters.size();
    }
  }

  Closure(String name, Signature signature, Node body, Scope scope) {
    super(name);
    this.signature = signature;
    this.body = body;
    this.scope = scope;
  }

  @Override
  Value apply(Value[] arguments, Site site, Evaluator evaluator) {
    int required = signature.required();
    boolean isOpen = signature.arity == Signature.Arity.OPEN;
    if (arguments.length < required || arguments.length > required && !isOpen) {
      throw ProgramException.at(
          site.position(),
          "call/arity",
          "arguments must be "
              + (isOpen ? "at least " : "")
              + required
              + ": arguments="
              + arguments.length
              + ", signature="
              + described());
    }
    Scope inner = new Scope(signature.slots, scope);
    for (int i = 0; i < required; i++) {
      inner.set(i, arguments[i]);
    }
    if (isOpen) {
      List<Value> rest = Arrays.asList(arguments).subList(required, arguments.length);
      inner.set(required, evaluator.meter().list(rest));
    }
    return evaluator.tail(body, inner);
  }

  private String described() {
    StringBuilder text = new StringBuilder("(").append(name().isEmpty() ? "lambda" : name());
    for (int i = 0; i < signature.parameters.size(); i++) {
      text.append(i == signature.required() ? " . " : " ").append(signature.parameters.get(i));
    }
    return text.append(')').toString();
  }
}
