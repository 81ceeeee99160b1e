/**
 * What is durable: series as they were given, attributes, vantage points, and the distances between
 * them. {@link dev.vantage.tsdb.store.Store} is kept in SQLite ({@link
 * dev.vantage.tsdb.store.SqliteStore}) or in memory ({@link dev.vantage.tsdb.store.MemoryStore}).
 *
 * <p><b>Files.</b> A directory holds {@code tsdb.sqlite} (with SQLite's own {@code -wal} and {@code
 * -shm} files beside it while it is in use) and {@code writer.lock}, which the one writer keeps
 * locked: the system releases it when the process ends, however it ends.
 *
 * <p><b>Format.</b> {@code format-1.sql}, {@code format-2.sql} and so on beside this package are
 * the whole of it: each makes a format from the one before. Opening a file for writing brings it to
 * the last; files of every format can be read, the older ones through views that show them as the
 * last. Blobs are little-endian numbers. Each series, each row of distances and each part of a
 * checkpoint has a CRC-32C, so that damage is found, and not only where SQLite would notice.
 *
 * <p><b>Checkpoint.</b> From format 2 on the index itself may be kept beside the rows that it is
 * derived from, so that opening reads it in large parts. It stays of use after later changes:
 * series with greater keys are read from the rows, and removals are noted in the transaction that
 * makes them. A {@link dev.vantage.tsdb.store.CheckpointStore} that has none, or a damaged one,
 * costs time and nothing else.
 *
 * <p>A storage key is never used twice, so that a reader sees what is new, and what is gone, by
 * comparing keys.
 */
package dev.vantage.tsdb.store;
