package dev.vantage.tsdb.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of a special form: keywords and the form after each. Immutable. */
final class Options {
  private final Map<String, Form> values;

  private Options(Map<String, Form> values) {
    this.values = values;
  }

  /**
   * Reads options.
   *
   * @throws ProgramException if one is unknown, has no value, or is given twice
   */
  static Options of(List<Form> forms, Set<String> allowed) {
    Map<String, Form> values = new LinkedHashMap<>();
    for (int i = 0; i < forms.size(); i += 2) {
      Form form = forms.get(i);
      String name =
          form.keyword().orElseThrow(() -> BasicForms.refused(form, "an option must be a keyword"));
      if (!allowed.contains(name)) {
        throw Arguments.unknownOption(form.position(), new Value.Keyword(name), allowed);
      } else if (i + 1 == forms.size()) {
        throw ProgramException.at(
            form.position(), "call/option", "option must have a value: :" + name);
      } else if (values.put(name, forms.get(i + 1)) != null) {
        throw ProgramException.at(
            form.position(), "call/option", "option must be given once: :" + name);
      }
    }
    return new Options(values);
  }

  Optional<Form> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns the forms of an option that is a list. */
  List<Form> list(String name, String rule) {
    return get(name).map(form -> BasicForms.list(form, rule).items()).orElse(List.of());
  }

  /** Compiles the values of options that are expressions. */
  Map<String, Node> nodes(Set<String> names, Compilation compilation) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    values.forEach(
        (name, form) -> {
          if (names.contains(name)) {
            nodes.put(name, compilation.expression(form));
          }
        });
    return nodes;
  }
}
