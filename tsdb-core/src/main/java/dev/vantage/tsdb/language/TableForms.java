package dev.vantage.tsdb.language;

import dev.vantage.tsdb.rows.RowOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The forms that are steps over a table. Thread-safe. */
final class TableForms {
  private static final int ANY = Integer.MAX_VALUE;

  private TableForms() {}

  static List<SpecialForm> all() {
    return List.of(
        new SpecialForm(
            "filter",
            "(filter TABLE CONDITION)",
            "The rows that meet a condition on their columns. Around a search it drops rows that"
                + " were found: :where of similar searches among those that meet a condition.",
            new SpecialForm.Arity(2, 2),
            SearchForms.rule(TableForms::filter)),
        new SpecialForm(
            "order-by",
            "(order-by TABLE NAME|(asc NAME)|(desc NAME) ...)",
            "The rows in the order of columns, nil last; equal rows keep their order.",
            new SpecialForm.Arity(2, ANY),
            SearchForms.rule(TableForms::orderBy)),
        new SpecialForm(
            "extend",
            "(extend TABLE (NAME EXPR) ...)",
            "The table with more columns. EXPR is evaluated for each row, in which names of columns"
                + " stand for their values.",
            new SpecialForm.Arity(2, ANY),
            SearchForms.rule(TableForms::extend)));
  }

  private static Node filter(Form.Sequence form, Set<String> wanted, Compilation to) {
    ConditionTemplate condition = ConditionCompiler.compile(form.arguments().get(1), to);
    Set<String> needed = new HashSet<>(wanted);
    needed.addAll(condition.names());
    Node table = to.table(form.arguments().get(0), needed);
    // Rows beyond the standard limit would be lost without a word once the others are dropped.
    return new StepNodes.Filtered(
        table instanceof SelectNode select ? select.whole() : table, condition, form.position());
  }

  private static Node orderBy(Form.Sequence form, Set<String> wanted, Compilation to) {
    List<StepNodes.Order> orders = orders(BasicForms.rest(form, 1));
    Set<String> needed = new HashSet<>(wanted);
    orders.forEach(order -> needed.add(order.order().column()));
    return new StepNodes.Ordered(
        to.table(form.arguments().get(0), needed), orders, form.position());
  }

  /** Reads orders: names, or lists of a direction and a name. */
  static List<StepNodes.Order> orders(List<Form> forms) {
    List<StepNodes.Order> orders = new ArrayList<>();
    for (Form form : forms) {
      boolean isAscending = form.head().filter("asc"::equals).isPresent();
      boolean isDescending = form.head().filter("desc"::equals).isPresent();
      Form named = form;
      if ((isAscending || isDescending)
          && form instanceof Form.Sequence list
          && list.items().size() == 2) {
        named = list.items().get(1);
      }
      String name =
          named
              .symbol()
              .orElseThrow(
                  () ->
                      ProgramException.at(
                          form.position(),
                          "select/order",
                          "an order must be NAME, (asc NAME) or (desc NAME): "
                              + ValuePrinter.brief(form.value())));
      orders.add(
          new StepNodes.Order(
              isDescending ? RowOrder.descending(name) : RowOrder.ascending(name),
              named.position()));
    }
    return orders;
  }

  private static Node extend(Form.Sequence form, Set<String> wanted, Compilation to) {
    Set<String> needed = new HashSet<>(wanted);
    List<StepNodes.Extension> extensions = new ArrayList<>();
    Set<String> made = new HashSet<>();
    for (Form item : BasicForms.rest(form, 1)) {
      Form.Sequence pair = BasicForms.list(item, "extend must have lists of a name and EXPR");
      if (pair.items().size() != 2) {
        throw BasicForms.refused(pair, "extend must have lists of a name and EXPR");
      }
      Form named = pair.items().get(0);
      String name =
          named.symbol().orElseThrow(() -> BasicForms.refused(named, "a column must have a name"));
      Compilation.RowExpression expression = to.row(pair.items().get(1));
      expression.names().stream().filter(one -> !made.contains(one)).forEach(needed::add);
      made.add(name);
      extensions.add(new StepNodes.Extension(name, named.position(), expression));
    }
    needed.removeIf(one -> wanted.contains(one) && made.contains(one));
    return new StepNodes.Extended(
        to.table(form.arguments().get(0), needed), extensions, form.position());
  }
}
