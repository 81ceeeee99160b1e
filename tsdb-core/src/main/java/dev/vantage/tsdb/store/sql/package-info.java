/**
 * The common part of the stores in SQLite and in PostgreSQL: the rows and their statements,
 * transactions, change ids and checksums, the scripts of every format, and conditions written in
 * SQL ({@code ConditionSql}). {@code SqlDatabase} covers the differences between the two.
 */
@NullMarked
package dev.vantage.tsdb.store.sql;

import org.jspecify.annotations.NullMarked;
