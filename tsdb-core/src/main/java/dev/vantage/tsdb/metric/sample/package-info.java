/**
 * What distances of samples share: {@link dev.vantage.tsdb.metric.sample.SampleScaling} and {@link
 * dev.vantage.tsdb.metric.sample.MetricParameters} read the parameters, {@link
 * dev.vantage.tsdb.metric.sample.SpectrumSketch} sketches series for lower bounds.
 */
@NullMarked
package dev.vantage.tsdb.metric.sample;

import org.jspecify.annotations.NullMarked;
