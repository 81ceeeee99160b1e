package dev.vantage.tsdb.metric.kernel;

/** One step of the computation for a group of series, given by the first series. */
interface VectorStep {
  void run(float[] sketches, int stride, int from);
}
