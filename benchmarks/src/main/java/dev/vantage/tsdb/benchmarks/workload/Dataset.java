package dev.vantage.tsdb.benchmarks.workload;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.kernel.KernelCorrelation;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A collection to search, and series to search for that are not in it.
 *
 * @param metric the distance
 * @param rows the collection, prepared
 * @param samples the samples of the series at a position of the collection
 * @param queries the series to search for
 */
public record Dataset(
    Metric metric, SampleRows rows, IntFunction<double[]> samples, List<Series> queries) {
  /**
   * The number of queries of a dataset; they are generated like the collection, from another seed.
   */
  public static final int QUERIES = 100;

  private static final long COLLECTION_SEED = 1;
  private static final long QUERY_SEED = 2;

  /**
   * Generates a dataset, on all processors.
   *
   * @param workload the kind of series
   * @param length samples per series
   * @param multiplier the multiplier of the kernel
   * @param count series in the collection
   * @return the dataset, the same every time
   */
  public static Dataset of(Workload workload, int length, double multiplier, int count) {
    return of(workload, new KernelCorrelation(length, multiplier), count);
  }

  /**
   * Generates a dataset with some distance, on all processors.
   *
   * @param workload the kind of series
   * @param metric the distance
   * @param count series in the collection
   * @return the dataset, the same every time
   */
  public static Dataset of(Workload workload, Metric metric, int count) {
    int length = metric.length();
    return of(
        metric,
        position -> workload.series(length, COLLECTION_SEED, position),
        count,
        position -> workload.series(length, QUERY_SEED, position),
        QUERIES);
  }

  /**
   * Creates a dataset of given samples, prepared on all processors.
   *
   * @param metric the distance
   * @param samples gives the series at a position of the collection; called by several threads
   * @param count series in the collection
   * @param queries gives the series at a position among the queries
   * @param queryCount the number of queries
   * @return the dataset
   */
  public static Dataset of(
      Metric metric,
      IntFunction<double[]> samples,
      int count,
      IntFunction<double[]> queries,
      int queryCount) {
    SampleRows rows = new SampleRows(count, metric.rowSize());
    IntStream.range(0, count)
        .parallel()
        .forEach(
            position ->
                metric.prepare(
                    samples.apply(position), rows.block(position), rows.offset(position)));
    return new Dataset(
        metric,
        rows,
        samples,
        IntStream.range(0, queryCount)
            .mapToObj(position -> Series.of(queries.apply(position), metric))
            .toList());
  }
}
