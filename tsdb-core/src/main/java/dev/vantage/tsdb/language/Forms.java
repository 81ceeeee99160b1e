package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.List;

/** Collects the special forms. Thread-safe. */
final class Forms {
  private Forms() {}

  static FormTable table() {
    List<SpecialForm> all = new ArrayList<>(BasicForms.all());
    all.addAll(SearchForms.all());
    all.addAll(TableForms.all());
    all.addAll(SelectForms.all());
    all.addAll(ExplainForm.all());
    return new FormTable(all, PlanForms.all());
  }
}
