/**
 * An order-statistic {@link dev.vantage.tsdb.tree.RedBlackTree red-black tree} over packed arrays:
 * ordinals in the order of keys that live elsewhere, such as in a table of distances. Ranks, counts
 * in a range and walks {@link dev.vantage.tsdb.tree.Outward outward} from a key, with 16 bytes a
 * node and no object per node. Uses no other package.
 */
package dev.vantage.tsdb.tree;
