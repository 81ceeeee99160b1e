/**
 * What the stores in SQLite and in PostgreSQL share: the rows and their statements, transactions,
 * change ids and checksums, the scripts of every format, and conditions written in SQL ({@code
 * ConditionSql}). {@code SqlDatabase} is what differs between the two.
 */
package dev.vantage.tsdb.store.sql;
