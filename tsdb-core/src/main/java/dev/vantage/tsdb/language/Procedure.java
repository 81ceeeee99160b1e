package dev.vantage.tsdb.language;

/** A function that can be called. */
abstract class Procedure extends Value.FunctionValue {
  Procedure(String name) {
    super(name);
  }

  /**
   * Calls the function.
   *
   * @param arguments the arguments; owned by the callee
   * @return the value, or {@link Evaluator#tail} of the form that gives it
   */
  abstract Value apply(Value[] arguments, Site site, Evaluator evaluator);
}
