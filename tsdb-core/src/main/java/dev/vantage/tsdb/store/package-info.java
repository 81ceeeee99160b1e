/**
 * What is durable: series as they were given, attributes, vantage points, and the distances between
 * them. {@link dev.vantage.tsdb.store.Store} is kept in SQLite ({@link
 * dev.vantage.tsdb.store.sqlite.SqliteStore}), in PostgreSQL ({@link
 * dev.vantage.tsdb.store.postgres.PostgresStore}) or in memory ({@link
 * dev.vantage.tsdb.store.MemoryStore}). What the first two do alike is in the package {@code sql}.
 * This package is the contract of all three.
 *
 * <p><b>Files.</b> A directory holds {@code tsdb.sqlite} (with SQLite's own {@code -wal} and {@code
 * -shm} files beside it while it is in use), {@code tsdb.sqlite-mark}, which says how far the
 * database has come, and {@code writer.lock}, which the one writer keeps locked: the system
 * releases it when the process ends, however it ends. None of them may be a link. While a writer
 * has changed {@code tsdb.sqlite} and not closed it, a flag in its header says so, and a copy
 * without its log is refused. A new {@code tsdb.sqlite} is made in a directory of a random name and
 * moved to its place by one rename. A process that may not write to the directory reads the files
 * as they are: with SQLite's locks where a writer has made the {@code -shm} file, and else without
 * any, in which case what it reads counts only if no writer has come by the end.
 *
 * <p><b>Format.</b> {@code format-1.sql}, {@code format-2.sql} and so on beside the package {@code
 * sql} are the whole of it: each makes a format from the one before. Opening a file for writing
 * brings it to the last; files of every format can be read, the older ones through views that show
 * them as the last. Blobs are little-endian numbers. Everything that answers depend on has a
 * CRC-32C, so that damage is found, and not only where SQLite would notice: each series, each row
 * of distances, each part of a checkpoint, the summary of a series with its attributes, and in the
 * one row of the table progress the settings, the vantage points with their rows, the types of
 * attributes, and that row itself. A sum over all storage keys says whether every series is there.
 * Settings and vantage points are checked whenever they are read, which every open does.
 *
 * <p><b>PostgreSQL.</b> A schema holds the same tables as a file; {@code postgresql-1.sql} and so
 * on make them, in one transaction, while the writer's lock is held. That lock is an advisory one
 * of the writer's session and ends with it, so that a pooler between us and PostgreSQL must leave
 * sessions whole. Each change has a random id, which is stored with it: a writer whose connection
 * was lost at a commit connects again and looks for it. Once it has the lock, nothing of the lost
 * session is under way any more, so that what it finds is the truth. Where that must wait for
 * longer than some seconds, the write fails and says that its outcome is not known; the next one
 * has the index take up what is stored before it changes anything.
 *
 * <p><b>Checkpoint.</b> From format 2 on the index itself may be kept beside the rows that it is
 * derived from, so that opening reads it in large parts. It stays of use after later changes:
 * series with greater keys are read from the rows, and removals are noted in the transaction that
 * makes them. A {@link dev.vantage.tsdb.store.CheckpointStore} that has none, or a damaged one,
 * costs time and nothing else.
 *
 * <p><b>History.</b> A storage key is never used twice in one history, and each change has a random
 * id. A reader that knows a generation and the id of the change that made it looks for both among
 * the recent changes: if they are there, it takes up the removals that were noted since, and the
 * series with greater keys. Otherwise it knows another history (PostgreSQL may have lost commits in
 * a failover, a file may have been put in the place of another) or has slept for longer than the
 * last 65,536 changes, and reads everything anew.
 */
package dev.vantage.tsdb.store;
