package dev.vantage.tsdb.language;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Calls of builtins that become a part of the {@code select} that is their argument. */
final class PlanForms {
  private static final Set<String> STEPS =
      Set.of(
          "similar",
          "within",
          "filter",
          "order-by",
          "extend",
          "take",
          "drop",
          "keep",
          "sort-by",
          "reverse");

  private PlanForms() {}

  static Map<String, FormTable.PlanRule> all() {
    return Map.of(
        "count", (form, wanted, to) -> around(form, 1, 0, to, Counted::new),
        "empty?", (form, wanted, to) -> around(form, 1, 0, to, Emptiness::new),
        "first", (form, wanted, to) -> around(form, 1, 0, to, First::new),
        "take", PlanForms::taken,
        "drop", PlanForms::handedOn,
        "keep", PlanForms::handedOn,
        "sort-by", PlanForms::handedOn,
        "reverse", PlanForms::handedOn);
  }

  /** Makes the node around a select. */
  private interface Around {
    Node of(SelectNode select, Position position);
  }

  private static Optional<Node> around(
      Form.Sequence form, int parts, int place, Compilation to, Around around) {
    boolean isSelect =
        form.arguments().size() == parts
            && form.arguments().get(place).head().filter("select"::equals).isPresent();
    return isSelect && to.expression(form.arguments().get(place)) instanceof SelectNode select
        ? Optional.of(around.of(select, form.position()))
        : Optional.empty();
  }

  /** {@code take} of a select; of another step it hands on the columns that are wanted. */
  private static Optional<Node> taken(Form.Sequence form, Set<String> wanted, Compilation to) {
    List<Form> parts = form.arguments();
    for (int i = 0; i < 2 && parts.size() == 2; i++) {
      Form number = parts.get(1 - i);
      Optional<Node> node =
          around(
              form,
              2,
              i,
              to,
              (select, position) -> new Taken(select, to.expression(number), position));
      if (node.isPresent()) {
        return node;
      }
    }
    return handedOn(form, wanted, to);
  }

  /**
   * Calls a builtin that returns rows of its table with all of their columns. The step that makes
   * the table fetches the attributes that later steps want.
   */
  private static Optional<Node> handedOn(Form.Sequence form, Set<String> wanted, Compilation to) {
    boolean isAroundStep = form.arguments().stream().anyMatch(PlanForms::isStep);
    if (wanted.isEmpty() || !isAroundStep) {
      return Optional.empty();
    }
    Form named = form.items().get(0);
    String name = named.symbol().orElseThrow();
    Value builtin = Objects.requireNonNull(Builtins.byName().get(name), name);
    List<Node> arguments =
        form.arguments().stream()
            .map(one -> isStep(one) ? to.table(one, wanted) : to.expression(one))
            .toList();
    return Optional.of(
        new BasicNodes.Call(
            new BasicNodes.Constant(builtin, named.position()), arguments, form.position()));
  }

  private static boolean isStep(Form form) {
    return form instanceof Form.Sequence list && list.head().filter(STEPS::contains).isPresent();
  }

  /** {@code count}. */
  private static final class Counted extends Node {
    private final SelectNode select;

    Counted(SelectNode select, Position position) {
      super(position);
      this.select = select;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      return new Value.LongNumber(select.count(scope, evaluator));
    }
  }

  /** {@code empty?}. */
  private static final class Emptiness extends Node {
    private final SelectNode select;

    Emptiness(SelectNode select, Position position) {
      super(position);
      this.select = select;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      Table table = select.evaluate(scope, evaluator, OptionalLong.of(1));
      return Value.Bool.of(table.rows().isEmpty());
    }
  }

  /** {@code first}. */
  private static final class First extends Node {
    private final SelectNode select;

    First(SelectNode select, Position position) {
      super(position);
      this.select = select;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      Table table = select.evaluate(scope, evaluator, OptionalLong.of(1));
      if (table.rows().isEmpty()) {
        return Value.Nil.NIL;
      }
      evaluator.meter().allocate(table.columns().size(), Meter.FIELD);
      return table.row(0);
    }
  }

  /** {@code take}. */
  private static final class Taken extends Node {
    private final SelectNode select;
    private final Node number;

    Taken(SelectNode select, Node number, Position position) {
      super(position);
      this.select = select;
      this.number = number;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      Value count = evaluator.evaluate(number, scope);
      if (!(count instanceof Value.LongNumber most)) {
        throw Arguments.wrongType(number.position(), "a long", count);
      } else if (most.value() < 0) {
        throw ProgramException.at(
            number.position(), "value/index", "count must be >= 0: count=" + most.value());
      }
      return select.whole().evaluate(scope, evaluator, OptionalLong.of(most.value()));
    }
  }
}
