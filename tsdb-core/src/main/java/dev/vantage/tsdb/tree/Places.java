package dev.vantage.tsdb.tree;

/**
 * Ordinals in the order of a tree, each at a place, which is an int from 1. Place 0, {@link
 * Nodes#NIL}, is none.
 */
interface Places {
  /** How many there are. */
  int size();

  /** The ordinal at a place. */
  int ordinalAt(int place);

  /** The next place on one side, or nil. */
  int neighbor(int place, int side);

  /** The place with a number of places before it, which is less than the size. */
  int select(int rank);

  /** The first place whose key is not below a bound, or nil. */
  int firstNotBelow(Keys keys, double bound);

  /** How many places have a key below a bound, or not above it. */
  int rank(Keys keys, double bound, boolean including);

  /**
   * How many places have a key from a bound to another, or some number above {@code most} and not
   * above that.
   */
  int countUpTo(Keys keys, double from, double to, int most);

  /** The bytes of the arrays that hold them. */
  long bytes();
}
