package dev.vantage.tsdb.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The special forms by name, and the builtins that have a plan around a query. Immutable. */
final class FormTable {
  private final Map<String, SpecialForm> special;
  private final Map<String, PlanRule> plans;

  /** Makes one node of a call of a builtin and of the query that is its argument. */
  interface PlanRule {
    /** Returns the node of a plan, or empty if the call is compiled as any other. */
    Optional<Node> compile(Form.Sequence form, Set<String> wanted, Compilation compilation);
  }

  FormTable(List<SpecialForm> forms, Map<String, PlanRule> plans) {
    Map<String, SpecialForm> byName = new LinkedHashMap<>();
    forms.forEach(form -> byName.put(form.name(), form));
    this.special = Collections.unmodifiableMap(byName);
    this.plans = Map.copyOf(plans);
  }

  Map<String, SpecialForm> special() {
    return special;
  }

  boolean isSpecial(String name) {
    return special.containsKey(name);
  }

  Node special(String name, Form.Sequence form, Set<String> wanted, Compilation compilation) {
    SpecialForm found = special.get(name);
    if (found == null) {
      throw new AssertionError(name);
    }
    found.check(form);
    return found.rule().compile(form, wanted, compilation);
  }

  Optional<Node> plan(
      String name, Form.Sequence form, Set<String> wanted, Compilation compilation) {
    PlanRule rule = plans.get(name);
    return rule == null ? Optional.empty() : rule.compile(form, wanted, compilation);
  }
}
