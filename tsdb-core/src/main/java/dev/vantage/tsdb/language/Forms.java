package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects the special forms. Thread-safe. */
final class Forms {
  private Forms() {}

  static FormTable table() {
    List<SpecialForm> all = new ArrayList<>(BasicForms.all());
    all.addAll(SearchForms.all());
    all.addAll(TableForms.all());
    return new FormTable(all, Map.of());
  }
}
