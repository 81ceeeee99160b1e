/**
 * The contract of durable storage: series as they were given, attributes, vantage points, and the
 * distances between them. {@link dev.vantage.tsdb.store.Store} is kept in SQLite ({@link
 * dev.vantage.tsdb.store.sqlite.SqliteStore}), in PostgreSQL ({@link
 * dev.vantage.tsdb.store.postgres.PostgresStore}) or in memory ({@link
 * dev.vantage.tsdb.store.MemoryStore}). The package {@code sql} holds what the first two share.
 *
 * <p><b>Files.</b> A directory holds {@code tsdb.sqlite} (with SQLite's own {@code -wal} and {@code
 * -shm} files beside it while it is in use), {@code tsdb.sqlite-mark}, which records the last
 * change, and {@code writer.lock}, which the only writer keeps locked; the operating system
 * releases the lock when the process ends, even after a crash. None of these files may be a
 * symbolic link. From a writer's first change until it closes {@code tsdb.sqlite}, a flag in the
 * header is set, and a copy of the file without its log is refused. A new {@code tsdb.sqlite} is
 * made in a directory of a random name and moved to its place by one rename. A process without
 * write permission in the directory uses SQLite's locks if a writer has made the {@code -shm} file.
 * Otherwise it reads without locks, and an answer is valid only if no writer has opened the file in
 * the meantime.
 *
 * <p><b>Format.</b> {@code format-1.sql}, {@code format-2.sql} and so on beside the package {@code
 * sql} define the formats: each script converts the previous format. Opening a file for writing
 * converts it to the latest format; files of older formats are read through views of the latest
 * format. Blobs are little-endian numbers. All data that answers depend on has a CRC-32C, so damage
 * is found even where SQLite would not notice it: each series, each row of distances, each part of
 * a checkpoint, the summary of a series with its attributes, each row of attribute_change, and in
 * the one row of the table progress the settings, the vantage points with their rows, the types of
 * attributes, and that row itself. A sum over all storage keys shows whether a series is missing.
 * Settings and vantage points are checked whenever they are read, which is at every open.
 *
 * <p><b>PostgreSQL.</b> A schema holds the same tables as a file; {@code postgresql-1.sql} and so
 * on make them, in one transaction, while the writer's lock is held. That lock is an advisory lock
 * of the writer's session and ends with the session. A pooler in front of PostgreSQL must therefore
 * use session pooling. Each change has a random id, which is stored with it: a writer whose
 * connection was lost at a commit connects again and looks for the id. The lost session has ended
 * once the writer holds the lock, so the result is final. If the lock cannot be had within some
 * seconds, the write fails with an unknown outcome; before the next write, the index loads the
 * stored data.
 *
 * <p><b>Checkpoint.</b> From format 2 on, a copy of the index may be stored beside the rows that it
 * is derived from, so that opening reads it in large parts. It remains usable after later changes:
 * series with greater keys are read from the rows, and each removal is recorded in its own
 * transaction. It has no attributes, so it outlives their changes. A missing or damaged checkpoint
 * only makes opening slower.
 *
 * <p><b>History.</b> A storage key is never used twice in one history, and each change has a random
 * id. A reader knows a generation and the id of the change that made it, and looks for both among
 * the recent changes. If they are found, it loads the removals recorded since, the series with
 * greater keys, and new attributes of the series that the table attribute_change names since.
 * Otherwise the history differs (PostgreSQL may have lost commits in a failover, or the file was
 * replaced), or the reader missed more than the last 65,536 changes; it then reads everything
 * again.
 */
@NullMarked
package dev.vantage.tsdb.store;

import org.jspecify.annotations.NullMarked;
