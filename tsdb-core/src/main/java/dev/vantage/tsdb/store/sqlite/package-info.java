/**
 * The store in one SQLite file: how the files of a directory are checked, made, locked, marked,
 * migrated and backed up. {@code SqliteStore} begins; {@code DatabaseFiles} names the files.
 */
package dev.vantage.tsdb.store.sqlite;
