package dev.vantage.tsdb.language;

/** A function of the language itself. Immutable. */
final class Builtin extends Procedure {
  private final String signature;
  private final String help;
  private final SpecialForm.Arity arity;
  private final Body body;

  /** Computes the value of a call. */
  interface Body {
    Value apply(Arguments arguments);
  }

  /**
   * Creates a function.
   *
   * @param signature how a call is written, beginning with the parenthesis and the name
   * @param help what the function gives, and what it costs if that is more than a step
   * @param arity how many arguments it takes
   */
  Builtin(String signature, String help, SpecialForm.Arity arity, Body body) {
    super(signature.substring(1).split("[ )]")[0]);
    this.signature = signature;
    this.help = help;
    this.arity = arity;
    this.body = body;
  }

  /** Creates a function with a fixed number of arguments. */
  static Builtin of(String signature, String help, int arguments, Body body) {
    return new Builtin(signature, help, new SpecialForm.Arity(arguments, arguments), body);
  }

  /** Creates a function with an optional last argument or more. */
  static Builtin of(String signature, String help, int fewest, int most, Body body) {
    return new Builtin(signature, help, new SpecialForm.Arity(fewest, most), body);
  }

  String signature() {
    return signature;
  }

  String help() {
    return help;
  }

  @Override
  Value apply(Value[] arguments, Site site, Evaluator evaluator) {
    SpecialForm.checkCount(site.position(), arguments.length, arity, signature);
    return body.apply(new Arguments(arguments, site, evaluator));
  }
}
