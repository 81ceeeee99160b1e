package dev.vantage.tsdb.tree;

/**
 * The key of each ordinal. Keys are finite, and a key must not change while its ordinal is in a
 * tree. Zero and negative zero are the same key.
 */
@FunctionalInterface
public interface Keys {
  /**
   * Returns the key of one ordinal.
   *
   * @param ordinal an ordinal that is in a tree or is being inserted
   * @return its key
   */
  double key(int ordinal);
}
