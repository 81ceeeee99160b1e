/**
 * An order-statistic {@link dev.vantage.tsdb.tree.RedBlackTree red-black tree} over packed arrays:
 * ordinals in the order of keys that live elsewhere, such as in a table of distances. Ranks, counts
 * and ordinals of a range of keys, with 16 bytes a node and no object per node. Uses no other
 * package.
 */
@NullMarked
package dev.vantage.tsdb.tree;

import org.jspecify.annotations.NullMarked;
