package dev.vantage.tsdb.benchmarks.rival;

import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.SampleRows;
import dev.vantage.tsdb.benchmarks.workload.Series;
import dev.vantage.tsdb.metric.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The reference: one thread measures every row in the order of memory and keeps the k nearest. No
 * engine that measures all series can be faster with the same distance code. It gives up a distance
 * above that of the k-th nearest, as the index does.
 */
final class PackedScan implements Rival {
  private final SampleRows rows;
  private final Metric.Evaluator evaluator;
  private long computed;

  PackedScan(Dataset data) {
    rows = data.rows();
    evaluator = data.metric().evaluator();
  }

  @Override
  public RivalAnswer nearest(Series query, int k) {
    int wanted = Math.min(k, rows.count());
    double[] distances = new double[wanted];
    int[] positions = new int[wanted];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    double[] row = query.row();
    int rowSize = rows.rowSize();
    int position = 0;
    for (int b = 0; b < rows.blockCount(); b++) {
      double[] block = rows.blockAt(b);
      for (int offset = 0; offset < block.length; offset += rowSize) {
        double distance = evaluator.distance(row, 0, block, offset, distances[wanted - 1]);
        if (distance < distances[wanted - 1]) {
          insert(distances, positions, distance, position);
        }
        position++;
      }
    }
    computed += rows.count();
    List<RivalAnswer.Hit> hits = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      hits.add(new RivalAnswer.Hit(positions[i], distances[i]));
    }
    return RivalAnswer.of(hits);
  }

  /** Inserts a neighbor. Few rows get here, so a sorted array is as fast as a heap. */
  private static void insert(double[] distances, int[] positions, double distance, int position) {
    int slot = distances.length - 1;
    while (slot > 0 && distances[slot - 1] > distance) {
      distances[slot] = distances[slot - 1];
      positions[slot] = positions[slot - 1];
      slot--;
    }
    distances[slot] = distance;
    positions[slot] = position;
  }

  @Override
  public long exactDistances() {
    return computed;
  }
}
