/**
 * The command {@code tsdb}. {@link dev.vantage.tsdb.cli.Main} is its main class; {@code
 * TsdbCommand} has the options that all verbs share. Each verb is a class: it reads its options,
 * calls a {@link dev.vantage.tsdb.Tsdb}, and hands a {@code VerbOutput} to the {@code Printer}.
 * {@code Failure} alone defines exit codes.
 */
@NullMarked
package dev.vantage.tsdb.cli;

import org.jspecify.annotations.NullMarked;
