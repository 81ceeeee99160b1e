/** Packed rows of numbers by ordinal, in blocks, as rows or as columns of a block. */
package dev.vantage.tsdb.index.table;
