package dev.vantage.tsdb.search;

import java.util.Arrays;

/**
 * Candidates in increasing order of their lower bounds: filled first, then emptied. A binary heap
 * over primitive arrays: ordering costs only as far as candidates are taken out. Not thread-safe.
 */
final class CandidateQueue {
  private int[] ordinals;
  private double[] bounds;
  private int size;

  CandidateQueue(int capacity) {
    ordinals = new int[Math.max(1, capacity)];
    bounds = new double[Math.max(1, capacity)];
  }

  int size() {
    return size;
  }

  int ordinal(int slot) {
    return ordinals[slot];
  }

  void add(int ordinal, double bound) {
    if (size == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, 2 * size);
      bounds = Arrays.copyOf(bounds, 2 * size);
    }
    ordinals[size] = ordinal;
    bounds[size++] = bound;
  }

  void addAll(CandidateQueue others) {
    for (int slot = 0; slot < others.size; slot++) {
      add(others.ordinals[slot], others.bounds[slot]);
    }
  }

  /** Makes a heap of what was added (Floyd, 1964); then {@link #leastBound} and {@link #take}. */
  void order() {
    for (int slot = size / 2 - 1; slot >= 0; slot--) {
      siftDown(slot, ordinals[slot], bounds[slot]);
    }
  }

  double leastBound() {
    return bounds[0];
  }

  int take() {
    int least = ordinals[0];
    size--;
    siftDown(0, ordinals[size], bounds[size]);
    return least;
  }

  private void siftDown(int slot, int ordinal, double bound) {
    while (2 * slot + 1 < size) {
      int child = 2 * slot + 1;
      if (child + 1 < size && isBefore(child + 1, child)) {
        child++;
      }
      if (bound < bounds[child] || bound == bounds[child] && ordinal < ordinals[child]) {
        break;
      }
      ordinals[slot] = ordinals[child];
      bounds[slot] = bounds[child];
      slot = child;
    }
    ordinals[slot] = ordinal;
    bounds[slot] = bound;
  }

  private boolean isBefore(int a, int b) {
    return bounds[a] < bounds[b] || bounds[a] == bounds[b] && ordinals[a] < ordinals[b];
  }
}
