/**
 * Pictures as values. A {@link dev.vantage.tsdb.plot.Plot} has panels, a {@link
 * dev.vantage.tsdb.plot.Panel} has two axes and marks. Nothing here draws: a renderer turns a plot
 * into characters, SVG or HTML. {@link dev.vantage.tsdb.plot.AlignedCurves} makes the marks of a
 * query and its neighbors so that they coincide where the series are alike.
 *
 * <p>A new kind of mark is a {@link dev.vantage.tsdb.plot.Mark.Shape}, and its case in each
 * renderer.
 */
@NullMarked
package dev.vantage.tsdb.plot;

import org.jspecify.annotations.NullMarked;
