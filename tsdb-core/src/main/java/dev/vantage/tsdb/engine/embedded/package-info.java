/**
 * {@link dev.vantage.tsdb.engine.embedded.EmbeddedDatabase}: the implementation of {@link
 * dev.vantage.tsdb.EmbeddedTsdb}, which the public interface finds. It translates failures and
 * deadlines, and leaves the work to the engine.
 */
@NullMarked
package dev.vantage.tsdb.engine.embedded;

import org.jspecify.annotations.NullMarked;
