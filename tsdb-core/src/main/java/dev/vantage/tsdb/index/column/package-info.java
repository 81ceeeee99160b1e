/**
 * Attribute values by ordinal, in pages of primitive arrays: a column for each attribute. Written
 * by one thread at a time, read without locks once published.
 */
@NullMarked
package dev.vantage.tsdb.index.column;

import org.jspecify.annotations.NullMarked;
