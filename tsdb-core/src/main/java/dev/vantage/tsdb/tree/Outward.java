package dev.vantage.tsdb.tree;

import static dev.vantage.tsdb.tree.Nodes.LEFT;
import static dev.vantage.tsdb.tree.Nodes.NIL;
import static dev.vantage.tsdb.tree.Nodes.RIGHT;

import java.util.ConcurrentModificationException;

/**
 * A cursor over all ordinals of a {@link RedBlackTree}, outward from a key in both directions,
 * nearest first. Where two are at the same distance as a double, the one whose key is not below the
 * origin comes first; on one side the order is the tree's, away from the origin, so that equal keys
 * come by rising ordinal at and above the origin and by falling ordinal below it.
 *
 * <p>A step allocates nothing and costs O(1) on average over a walk, at most O(log n). Not
 * thread-safe, and of no use once the tree has changed.
 */
public final class Outward {
  private final Places places;
  private final Keys keys;
  private final double origin;
  private final int expectedChanges;
  private int below;
  private int above;
  private double distanceBelow;
  private double distanceAbove;
  private int current = NIL;
  private double distance;

  /**
   * Starts between a place, the first one whose key is not below the origin or nil, and the one
   * before.
   */
  Outward(Places places, Keys keys, double origin, int first) {
    this.places = places;
    this.keys = keys;
    this.origin = origin;
    this.expectedChanges = places.changes();
    this.above = first;
    this.below = first == NIL ? places.last(RIGHT) : places.neighbor(first, LEFT);
    this.distanceAbove = distanceOf(above);
    this.distanceBelow = distanceOf(below);
  }

  /**
   * Moves to the next ordinal.
   *
   * @return whether there is one; once false, always false
   * @throws ConcurrentModificationException if the tree has changed since this walk began; a walk
   *     over a tree that was as it was built goes on over what it was
   */
  public boolean next() {
    if (places.changes() != expectedChanges) {
      throw new ConcurrentModificationException("a tree must not change during a walk over it");
    }
    // The distance of nil is infinite, but so is that of a key whose difference overflows.
    if (above != NIL && distanceAbove <= distanceBelow) {
      current = above;
      distance = distanceAbove;
      above = places.neighbor(above, RIGHT);
      distanceAbove = distanceOf(above);
    } else {
      current = below;
      if (below != NIL) {
        distance = distanceBelow;
        below = places.neighbor(below, LEFT);
        distanceBelow = distanceOf(below);
      }
    }
    return current != NIL;
  }

  /**
   * Where the walk is.
   *
   * @return the ordinal that {@link #next} moved to
   * @throws IllegalStateException before the first step and after the last
   */
  public int ordinal() {
    checkStanding();
    return places.ordinalAt(current);
  }

  /**
   * How far the walk has come; it never falls.
   *
   * @return {@code |key - origin|} of the {@link #ordinal}, infinite if the difference overflows
   * @throws IllegalStateException before the first step and after the last
   */
  public double distance() {
    checkStanding();
    return distance;
  }

  private void checkStanding() {
    if (current == NIL) {
      throw new IllegalStateException("a walk must stand on an ordinal: next() was not true");
    }
  }

  private double distanceOf(int place) {
    return place == NIL
        ? Double.POSITIVE_INFINITY
        : Math.abs(keys.key(places.ordinalAt(place)) - origin);
  }
}
