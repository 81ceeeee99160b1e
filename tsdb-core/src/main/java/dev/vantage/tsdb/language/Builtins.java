package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The registry of builtins. Thread-safe. */
final class Builtins {
  private static final List<Builtin> ALL = collected();
  private static final Map<String, Value> BY_NAME = named();

  private Builtins() {}

  /** Returns all builtins, group by group. */
  static List<Builtin> all() {
    return ALL;
  }

  static Map<String, Value> byName() {
    return BY_NAME;
  }

  private static List<Builtin> collected() {
    List<Builtin> all = new ArrayList<>();
    all.addAll(NumberFunctions.all());
    all.addAll(ComparisonFunctions.all());
    all.addAll(TextFunctions.all());
    all.addAll(ListFunctions.all());
    all.addAll(SequenceFunctions.all());
    all.addAll(RecordFunctions.all());
    all.addAll(TableFunctions.all());
    all.addAll(JoinFunctions.all());
    all.addAll(VoteFunctions.all());
    all.addAll(SeriesFunctions.all());
    all.addAll(DatabaseFunctions.all());
    all.addAll(PlotFunctions.all());
    return List.copyOf(all);
  }

  private static Map<String, Value> named() {
    Map<String, Value> byName = new LinkedHashMap<>();
    for (Builtin builtin : ALL) {
      if (byName.put(builtin.name(), builtin) != null) {
        throw new AssertionError("builtin must have a name of its own: " + builtin.name());
      }
    }
    return Collections.unmodifiableMap(byName);
  }
}
