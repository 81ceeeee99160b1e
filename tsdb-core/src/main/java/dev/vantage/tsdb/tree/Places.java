package dev.vantage.tsdb.tree;

/**
 * Ordinals in the order of a tree, each at a place, an int from 1. Place 0, {@link Nodes#NIL},
 * means no place.
 */
interface Places {
  /** Returns the number of ordinals. */
  int size();

  /** Returns the ordinal at a place. */
  int ordinalAt(int place);

  /** Returns the next place on one side, or nil. */
  int neighbor(int place, int side);

  /** Returns the place of a rank, from 0 to size - 1. */
  int select(int rank);

  /** Returns the first place whose key is not below a bound, or nil. */
  int firstNotBelow(Keys keys, double bound);

  /** Returns how many places have a key below a bound or, with including, not above it. */
  int rank(Keys keys, double bound, boolean including);

  /**
   * Returns how many places have a key in a closed range; if more than {@code most}, any number
   * above {@code most} that is not above the count.
   */
  int countUpTo(Keys keys, double from, double to, int most);

  /** Returns the size of the arrays in bytes. */
  long bytes();
}
