/**
 * The shell of the query language: an editor of entries on a terminal, made of JLine. {@link
 * dev.vantage.tsdb.cli.shell.Shell} reads entries and hands them to a {@link
 * dev.vantage.tsdb.cli.shell.ShellSession}, which evaluates and prints. {@link
 * dev.vantage.tsdb.cli.shell.ProgramText} is the text of an entry as the editor sees it: words and
 * open brackets. What Enter does, the indentation, the colors, the completion and the line with the
 * signature all come from it.
 */
@NullMarked
package dev.vantage.tsdb.cli.shell;

import org.jspecify.annotations.NullMarked;
