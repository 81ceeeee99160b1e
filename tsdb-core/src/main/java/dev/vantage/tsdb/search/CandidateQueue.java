package dev.vantage.tsdb.search;

import java.util.Arrays;

/**
 * Candidates in increasing order of their lower bounds: filled first, then emptied. A binary heap
 * over primitive arrays: ordering costs only as far as candidates are taken out. The first one can
 * be put back under a better bound; its stage says how many bounds it has met. Not thread-safe.
 */
final class CandidateQueue {
  private int[] ordinals;
  private double[] bounds;
  private byte[] stages;
  private int size;

  CandidateQueue(int capacity) {
    ordinals = new int[Math.max(1, capacity)];
    bounds = new double[Math.max(1, capacity)];
    stages = new byte[Math.max(1, capacity)];
  }

  int size() {
    return size;
  }

  int ordinal(int slot) {
    return ordinals[slot];
  }

  double bound(int slot) {
    return bounds[slot];
  }

  void add(int ordinal, double bound) {
    if (size == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, 2 * size);
      bounds = Arrays.copyOf(bounds, 2 * size);
      stages = Arrays.copyOf(stages, 2 * size);
    }
    ordinals[size] = ordinal;
    stages[size] = 0;
    bounds[size++] = bound;
  }

  void addAll(CandidateQueue others) {
    for (int slot = 0; slot < others.size; slot++) {
      add(others.ordinals[slot], others.bounds[slot]);
    }
  }

  /** Makes a heap of what was added (Floyd, 1964); then the first one can be seen and taken. */
  void order() {
    for (int slot = size / 2 - 1; slot >= 0; slot--) {
      siftDown(slot, ordinals[slot], bounds[slot], stages[slot]);
    }
  }

  double leastBound() {
    return bounds[0];
  }

  int leastOrdinal() {
    return ordinals[0];
  }

  int leastStage() {
    return stages[0];
  }

  /**
   * Gives the first candidate a bound that is no smaller, and a stage, and puts it where it
   * belongs.
   */
  void raise(double bound, int stage) {
    siftDown(0, ordinals[0], bound, (byte) stage);
  }

  int take() {
    int least = ordinals[0];
    size--;
    siftDown(0, ordinals[size], bounds[size], stages[size]);
    return least;
  }

  private void siftDown(int slot, int ordinal, double bound, byte stage) {
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
      stages[slot] = stages[child];
      slot = child;
    }
    ordinals[slot] = ordinal;
    bounds[slot] = bound;
    stages[slot] = stage;
  }

  private boolean isBefore(int a, int b) {
    return bounds[a] < bounds[b] || bounds[a] == bounds[b] && ordinals[a] < ordinals[b];
  }
}
