/**
 * The store in a schema of PostgreSQL: its address, the writer's session with its advisory lock,
 * pooled readers, and what follows when a connection is lost at a commit. {@code PostgresStore}
 * begins.
 */
package dev.vantage.tsdb.store.postgres;
