package dev.vantage.tsdb.language;

import java.util.List;
import java.util.Optional;

/** {@code explain}. Thread-safe. */
final class ExplainForm {
  private ExplainForm() {}

  static List<SpecialForm> all() {
    return List.of(
        new SpecialForm(
            "explain",
            "(explain FORM)",
            "A table of the steps that FORM took: searches with their plan and cost, selects,"
                + " filters. FORM is evaluated once.",
            new SpecialForm.Arity(1, 1),
            (form, to) -> new Explained(to.expression(form.arguments().get(0)), form.position())));
  }

  private static final class Explained extends Node {
    private final Node form;

    Explained(Node form, Position position) {
      super(position);
      this.form = form;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      Host host = evaluator.host();
      Optional<Explanation> outer = host.explanation();
      Explanation steps = new Explanation();
      host.explain(steps);
      evaluator.evaluate(form, scope);
      host.explain(outer.orElse(null));
      return evaluator.meter().table(steps.table());
    }
  }
}
