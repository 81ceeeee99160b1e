/** Packed rows of numbers by ordinal, in blocks, as rows or as columns of a block. */
@NullMarked
package dev.vantage.tsdb.index.table;

import org.jspecify.annotations.NullMarked;
