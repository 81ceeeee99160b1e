/**
 * Images of an index for storage: {@link dev.vantage.tsdb.index.image.IndexImage} writes the
 * content of an index, {@link dev.vantage.tsdb.index.image.IndexLoad} fills an index from it and
 * from the changes since. No distance is computed.
 */
@NullMarked
package dev.vantage.tsdb.index.image;

import org.jspecify.annotations.NullMarked;
