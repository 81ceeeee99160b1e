/**
 * The index as parts to be stored and read back: {@link dev.vantage.tsdb.index.image.IndexImage}
 * writes what an index holds, {@link dev.vantage.tsdb.index.image.IndexLoad} fills an index from it
 * and from the changes since. No distance is computed.
 */
package dev.vantage.tsdb.index.image;
