/**
 * The machinery of an embedded database: {@code Database} is a store, the index over it and the
 * locks between its writers ({@code WriterLocks}); {@code DatabaseWriter} changes both in one
 * order.
 *
 * <p>Writes wait in a {@code CommitQueue} and are committed together, each acknowledged when it is
 * durable. {@code QueryBinder} binds queries to the attributes and the metric, {@code Refresher}
 * polls for the writes of other processes, which {@code SnapshotLoader} loads. {@code Location} is
 * the one type for the location of a database: a directory, a schema of PostgreSQL, or memory. It
 * parses locations and opens their stores. The stores check and create the files or the schema at a
 * location. Checkpoints and the preparation of series are packages of their own below this one,
 * which know no {@code Database}; verification, export and the public face are packages above it.
 */
@NullMarked
package dev.vantage.tsdb.engine;

import org.jspecify.annotations.NullMarked;
