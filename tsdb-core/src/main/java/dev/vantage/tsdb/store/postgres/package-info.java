/**
 * The store in a schema of PostgreSQL: its address, the writer's session with its advisory lock,
 * pooled readers, and the recovery of a commit whose connection was lost. {@code PostgresStore} is
 * the entry point.
 */
@NullMarked
package dev.vantage.tsdb.store.postgres;

import org.jspecify.annotations.NullMarked;
