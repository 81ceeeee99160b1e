package dev.vantage.tsdb.language;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The names that one function binds, while it is compiled: its parameters and those of {@code let}
 * in its body. Not thread-safe.
 */
final class Bindings {
  private final @Nullable Bindings parent;
  private final Kind kind;
  private final Deque<Map<String, Integer>> blocks = new ArrayDeque<>();
  private int size;

  /** What a function stands for. */
  enum Kind {
    /** A lambda, or a form at the top level. */
    FUNCTION,
    /** An expression of {@code extend}: slot 0 holds the row, whose columns are names. */
    ROW
  }

  Bindings(Kind kind, @Nullable Bindings parent) {
    this.kind = kind;
    this.parent = parent;
    this.size = kind == Kind.ROW ? 1 : 0;
    blocks.push(new HashMap<>());
  }

  @Nullable Bindings parent() {
    return parent;
  }

  boolean isRow() {
    return kind == Kind.ROW;
  }

  /** Returns the number of slots of all names so far. */
  int size() {
    return size;
  }

  void begin() {
    blocks.push(new HashMap<>());
  }

  void end() {
    blocks.pop();
  }

  /** Binds a name in the innermost block, and returns its slot. */
  int bind(String name) {
    blocks.element().put(name, size);
    return size++;
  }

  /** Returns the slot of a name of this function, or empty. */
  OptionalInt slot(String name) {
    for (Map<String, Integer> block : blocks) {
      Integer slot = block.get(name);
      if (slot != null) {
        return OptionalInt.of(slot);
      }
    }
    return OptionalInt.empty();
  }
}
