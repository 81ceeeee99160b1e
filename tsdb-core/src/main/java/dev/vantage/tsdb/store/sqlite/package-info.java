/**
 * The store in one SQLite file. Checks, creates, locks, marks, migrates and backs up the files of a
 * directory. {@code SqliteStore} is the entry point; {@code DatabaseFiles} names the files. {@code
 * SqliteFile} is the open file, of which {@code SqliteConnections} opens connections, {@code
 * SqliteTables} creates and migrates tables, and {@code SqliteIntegrity} checks what is stored;
 * {@code MainFile} reads the head of the file without its log.
 */
@NullMarked
package dev.vantage.tsdb.store.sqlite;

import org.jspecify.annotations.NullMarked;
