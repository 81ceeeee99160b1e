package dev.vantage.tsdb.search;

import dev.vantage.tsdb.index.SeriesDirectory;
import java.util.Arrays;

/**
 * The nearest series so far: at most k, all within a radius, ordered by distance, then by id. Not
 * thread-safe. A binary heap over primitive arrays, whose root is the farthest series.
 */
final class NeighborCollector {
  private final int k;
  private final double radius;
  private final SeriesDirectory directory;
  private int[] ordinals = new int[16];
  private double[] distances = new double[16];
  private int size;

  NeighborCollector(int k, double radius, SeriesDirectory directory) {
    this.k = k;
    this.radius = radius;
    this.directory = directory;
  }

  /**
   * Returns the greatest distance that could still be in the answer. A tie with the farthest of k
   * series is accepted if its id is less.
   */
  double limit() {
    return size < k ? radius : distances[0];
  }

  void offer(int ordinal, double distance) {
    if (!(distance <= radius)) {
      return;
    }
    if (size < k) {
      if (size == ordinals.length) {
        ordinals = Arrays.copyOf(ordinals, 2 * size);
        distances = Arrays.copyOf(distances, 2 * size);
      }
      siftUp(size++, ordinal, distance);
    } else if (isBefore(ordinal, distance, 0)) {
      siftDown(0, size, ordinal, distance);
    }
  }

  private boolean isBefore(int ordinal, double distance, int slot) {
    return distance < distances[slot]
        || distance == distances[slot] && directory.compareIds(ordinal, ordinals[slot]) < 0;
  }

  private void siftUp(int slot, int ordinal, double distance) {
    while (slot > 0 && !isBefore(ordinal, distance, (slot - 1) / 2)) {
      copy((slot - 1) / 2, slot);
      slot = (slot - 1) / 2;
    }
    ordinals[slot] = ordinal;
    distances[slot] = distance;
  }

  private void siftDown(int slot, int end, int ordinal, double distance) {
    while (2 * slot + 1 < end) {
      int child = 2 * slot + 1;
      if (child + 1 < end && isBefore(ordinals[child], distances[child], child + 1)) {
        child++;
      }
      if (!isBefore(ordinal, distance, child)) {
        break;
      }
      copy(child, slot);
      slot = child;
    }
    ordinals[slot] = ordinal;
    distances[slot] = distance;
  }

  private void copy(int from, int to) {
    ordinals[to] = ordinals[from];
    distances[to] = distances[from];
  }

  int size() {
    return size;
  }

  /** Sorts the series, nearest first. No series may be added afterwards. */
  void sort() {
    for (int end = size - 1; end > 0; end--) {
      int ordinal = ordinals[end];
      double distance = distances[end];
      copy(0, end);
      siftDown(0, end, ordinal, distance);
    }
  }

  int ordinal(int rank) {
    return ordinals[rank];
  }

  double distance(int rank) {
    return distances[rank];
  }
}
