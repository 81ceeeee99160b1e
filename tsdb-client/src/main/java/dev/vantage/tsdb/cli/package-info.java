/**
 * The command {@code tsdb}. {@link dev.vantage.tsdb.cli.Main} starts it; {@code TsdbCommand} holds
 * what all verbs share, and each verb is a class of its own: it reads its options, asks a {@link
 * dev.vantage.tsdb.Tsdb}, and hands an {@code VerbOutput} to the {@code Printer}. {@code Failure}
 * alone knows exit codes.
 */
package dev.vantage.tsdb.cli;
