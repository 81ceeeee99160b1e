package dev.vantage.tsdb.language;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of the names in one call of a function, and the scope that encloses the function in
 * the text. Not thread-safe.
 */
final class Scope {
  private final Value[] values;
  private final @Nullable Scope parent;

  /**
   * Creates a scope.
   *
   * @param size the number of names
   * @param parent the enclosing scope; null for a form at the top level
   */
  Scope(int size, @Nullable Scope parent) {
    this.values = new Value[size];
    Arrays.fill(values, Value.Nil.NIL);
    this.parent = parent;
  }

  Value get(int slot) {
    return values[slot];
  }

  void set(int slot, Value value) {
    values[slot] = value;
  }

  int size() {
    return values.length;
  }

  /**
   * Returns an enclosing scope.
   *
   * @param levels the number of levels between; 0 for this scope
   */
  Scope out(int levels) {
    Scope scope = this;
    for (int i = 0; i < levels; i++) {
      if (scope.parent == null) {
        throw new AssertionError("scope must have a parent: levels=" + levels);
      }
      scope = scope.parent;
    }
    return scope;
  }
}
