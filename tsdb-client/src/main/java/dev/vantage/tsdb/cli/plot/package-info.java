/**
 * Renderers of {@link dev.vantage.tsdb.plot.Plot plots}: {@link
 * dev.vantage.tsdb.cli.plot.TerminalPlot} for a {@link dev.vantage.tsdb.cli.plot.Terminal}, {@link
 * dev.vantage.tsdb.cli.plot.SvgPlot} and {@link dev.vantage.tsdb.cli.plot.HtmlPlot} for files. All
 * use one {@link dev.vantage.tsdb.cli.plot.Palette}, whose colors are readable on white and on
 * black. The package uses the plot model and nothing else of the project.
 */
@NullMarked
package dev.vantage.tsdb.cli.plot;

import org.jspecify.annotations.NullMarked;
