package dev.vantage.tsdb.metric.kernel;

/** Something done for a group of series, from a first one on. */
interface VectorStep {
  void run(float[] sketches, int stride, int from);
}
