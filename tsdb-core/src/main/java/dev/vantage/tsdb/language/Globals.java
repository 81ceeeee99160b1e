package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names at the top level of a session: builtins, arguments, definitions. Not thread-safe. */
final class Globals {
  private final Map<String, Cell> cells = new HashMap<>();
  private final Map<String, Value> builtins;
  private final Set<String> forms;
  private final Set<String> hidden = new LinkedHashSet<>();
  private final Set<String> noted = new LinkedHashSet<>();

  /** The value of a name. A function that uses the name sees later definitions. */
  static final class Cell {
    private final String name;
    private @Nullable Value value;

    private Cell(String name, @Nullable Value value) {
      this.name = name;
      this.value = value;
    }

    Optional<Value> value() {
      return Optional.ofNullable(value);
    }

    void define(Value newValue) {
      value = newValue;
    }
  }

  /**
   * Creates the names of a new session.
   *
   * @param builtins the functions by name
   * @param forms the names of special forms, for suggestions
   */
  Globals(Map<String, Value> builtins, Set<String> forms) {
    this.builtins = builtins;
    this.forms = forms;
  }

  Cell cell(String name) {
    return cells.computeIfAbsent(name, key -> new Cell(key, builtins.get(key)));
  }

  /** Returns the cell of a name that a program defines, and notes that a builtin gets hidden. */
  Cell defined(String name, List<String> notes) {
    noteHidden(name, notes);
    hidden.add(name);
    return cell(name);
  }

  /** Notes the first time that a name is bound which is that of a builtin. */
  void noteHidden(String name, List<String> notes) {
    if (builtins.containsKey(name) && noted.add(name)) {
      notes.add("a binding of " + name + " hides the builtin of that name");
    }
  }

  /** Says whether a name at the top level means the builtin. */
  boolean isBuiltin(String name) {
    return builtins.containsKey(name) && !hidden.contains(name);
  }

  /** Returns the names of definitions and arguments, in order. */
  List<String> definitions() {
    return cells.values().stream()
        .filter(cell -> cell.value().isPresent() && !isBuiltin(cell.name))
        .map(cell -> cell.name)
        .sorted()
        .toList();
  }

  ProgramException unknown(Cell cell, Position position) {
    List<String> known = new ArrayList<>(forms);
    known.addAll(builtins.keySet());
    known.addAll(definitions());
    return ProgramException.near(
        position,
        "name/unknown",
        "name must be defined: " + Spelling.name(cell.name),
        Nearest.of(cell.name, known));
  }
}
