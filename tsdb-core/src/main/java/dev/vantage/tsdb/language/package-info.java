/**
 * The query language: a small Lisp in which similarity queries, queries of metadata and both
 * together are written. Runs over any {@link dev.vantage.tsdb.Tsdb} and knows nothing of files,
 * sockets, SQL or JSON.
 *
 * <p>A program goes through three stages. {@code Reader} makes forms of the text, each with its
 * position. {@code Compiler} makes nodes of the forms; it checks names of special forms, their
 * arguments, options and conditions before anything runs. {@code Evaluator} evaluates nodes to
 * {@linkplain dev.vantage.tsdb.language.Value values}.
 *
 * <p>Every program ends. {@code Meter} counts steps, allocation, depth, rows, searches, requests
 * and time; builtins count their work element by element; no program can catch the end of its
 * budget. Calls in tail position return to a loop in {@code Evaluator}, so that the stack of Java
 * grows with the counted depth alone.
 *
 * <p>Nothing in the language changes the database. Evaluation needs no more rights than reading.
 *
 * <p>In this package a <em>record</em> is a value with named fields, a <em>row</em> and a
 * <em>column</em> are those of a {@linkplain dev.vantage.tsdb.language.Table table}.
 */
@NullMarked
package dev.vantage.tsdb.language;

import org.jspecify.annotations.NullMarked;
