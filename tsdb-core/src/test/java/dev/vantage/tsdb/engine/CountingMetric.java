package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricSpec;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts distances between different rows. */
record CountingMetric(Metric metric, AtomicInteger distances) implements Metric {
  @Override
  public MetricSpec spec() {
    return metric.spec();
  }

  @Override
  public Geometry geometry() {
    return metric.geometry();
  }

  @Override
  public int length() {
    return metric.length();
  }

  @Override
  public int rowSize() {
    return metric.rowSize();
  }

  @Override
  public double squaredDistanceError() {
    return metric.squaredDistanceError();
  }

  @Override
  public void prepare(double[] samples, double[] row, int offset) {
    metric.prepare(samples, row, offset);
  }

  @Override
  public Evaluator evaluator() {
    Evaluator evaluator = metric.evaluator();
    return new Evaluator() {
      @Override
      public double distance(double[] a, int aOffset, double[] b, int bOffset) {
        distances.incrementAndGet();
        return evaluator.distance(a, aOffset, b, bOffset);
      }

      @Override
      public int bestLag(double[] a, int aOffset, double[] b, int bOffset) {
        return evaluator.bestLag(a, aOffset, b, bOffset);
      }
    };
  }
}
