package dev.vantage.tsdb.language;

import dev.vantage.tsdb.language.SearchNode.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The forms that search. Thread-safe. */
final class SearchForms {
  private static final int ANY = Integer.MAX_VALUE;
  private static final String OPTIONS =
      "[:k N] [:radius R] [:where CONDITION] [:select (ATTRIBUTE ...)] [:include-self BOOLEAN]"
          + " [:budget-ms N] [:budget-distances N]";
  private static final Set<String> VALUES =
      Set.of("k", "radius", "include-self", "budget-ms", "budget-distances");
  private static final Set<String> ALLOWED =
      Set.of("k", "radius", "where", "select", "include-self", "budget-ms", "budget-distances");

  private SearchForms() {}

  static List<SpecialForm> all() {
    return List.of(
        new SpecialForm(
            "similar",
            "(similar SOURCE " + OPTIONS + ")",
            "The series that look like SOURCE: the 5 nearest, or k, or all within the radius."
                + " :where restricts the search itself. SOURCE is an id, a series, or several.",
            new SpecialForm.Arity(1, ANY),
            rule(SearchForms::similar)),
        new SpecialForm(
            "within",
            "(within SOURCE R [:k N] [other options of similar])",
            "All series within distance R of SOURCE.",
            new SpecialForm.Arity(2, ANY),
            rule(SearchForms::within)),
        new SpecialForm(
            "distance",
            "(distance A B)",
            "A record with the :distance and the :lag of two series, of which one is stored.",
            new SpecialForm.Arity(2, 2),
            (form, to) ->
                new DistanceNode(
                    to.expression(form.arguments().get(0)),
                    to.expression(form.arguments().get(1)),
                    form.position())));
  }

  /** A rule of a form whose table a step around it needs columns of. */
  interface TableRule {
    Node compile(Form.Sequence form, Set<String> wanted, Compilation to);
  }

  static SpecialForm.Rule rule(TableRule rule) {
    return new SpecialForm.Rule() {
      @Override
      public Node compile(Form.Sequence form, Compilation to) {
        return rule.compile(form, Set.of(), to);
      }

      @Override
      public Node compile(Form.Sequence form, Set<String> wanted, Compilation to) {
        return rule.compile(form, wanted, to);
      }
    };
  }

  private static Node similar(Form.Sequence form, Set<String> wanted, Compilation to) {
    return search(form, Optional.empty(), BasicForms.rest(form, 1), wanted, to);
  }

  private static Node within(Form.Sequence form, Set<String> wanted, Compilation to) {
    Optional<Form> radius = Optional.of(form.arguments().get(1));
    return search(form, radius, BasicForms.rest(form, 2), wanted, to);
  }

  private static Node search(
      Form.Sequence form,
      Optional<Form> radius,
      List<Form> optionForms,
      Set<String> wanted,
      Compilation to) {
    Node source = to.expression(form.arguments().get(0));
    Set<String> allowed =
        radius.isEmpty()
            ? ALLOWED
            : Set.copyOf(ALLOWED.stream().filter(name -> !name.equals("radius")).toList());
    Options options = Options.of(optionForms, allowed);
    Map<String, Node> values = new LinkedHashMap<>(options.nodes(VALUES, to));
    radius.ifPresent(one -> values.put("radius", to.expression(one)));
    Optional<ConditionTemplate> where =
        options.get("where").map(condition -> ConditionCompiler.compile(condition, to));
    List<Named> selected = new ArrayList<>();
    for (Form name : options.list("select", ":select must have attributes in parentheses")) {
      selected.add(
          new Named(
              name.symbol()
                  .orElseThrow(() -> BasicForms.refused(name, ":select must have attributes")),
              name.position()));
    }
    return new SearchNode(
        source, new SearchNode.Request(values, where, selected, wanted), form.position());
  }
}
