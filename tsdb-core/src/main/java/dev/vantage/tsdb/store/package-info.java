/**
 * What is durable: series as they were given, attributes, vantage points, and the distances between
 * them. {@link dev.vantage.tsdb.store.Store} is kept in SQLite ({@link
 * dev.vantage.tsdb.store.SqliteStore}) or in memory ({@link dev.vantage.tsdb.store.MemoryStore}).
 *
 * <p><b>Files.</b> A directory holds {@code tsdb.sqlite} (with SQLite's own {@code -wal} and {@code
 * -shm} files beside it while it is in use) and {@code writer.lock}, which the one writer keeps
 * locked: the system releases it when the process ends, however it ends.
 *
 * <p><b>Format 1.</b> {@code schema.sql} beside this package is the whole of it. Blobs are
 * little-endian doubles. Each series and each row of distances has a CRC-32C, so that damage is
 * found, and not only where SQLite would notice.
 *
 * <p>A storage key is never used twice, so that a reader sees what is new, and what is gone, by
 * comparing keys.
 */
package dev.vantage.tsdb.store;
