/**
 * The store in one SQLite file. Checks, creates, locks, marks, migrates and backs up the files of a
 * directory. {@code SqliteStore} is the entry point; {@code DatabaseFiles} names the files.
 */
@NullMarked
package dev.vantage.tsdb.store.sqlite;

import org.jspecify.annotations.NullMarked;
