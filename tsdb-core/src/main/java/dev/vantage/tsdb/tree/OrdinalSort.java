package dev.vantage.tsdb.tree;

import java.util.Objects;

/**
 * Sorts ordinals by their keys, without an object per ordinal. Thread-safe, provided that the
 * arrays and keys are not changed meanwhile. A bottom-up merge sort.
 */
public final class OrdinalSort {
  /** Shorter runs are sorted by insertion. */
  private static final int RUN = 16;

  private final int[] ordinals;
  private final int[] buffer;
  private final Keys keys;

  private OrdinalSort(int[] ordinals, int[] buffer, Keys keys) {
    this.ordinals = ordinals;
    this.buffer = buffer;
    this.keys = keys;
  }

  /**
   * Sorts a part of an array by (key, ordinal), the order that {@link RedBlackTree#ofSorted}
   * expects. Cost: O(n log n), or O(n) if the part is sorted already, and a buffer of one int per
   * sorted ordinal.
   *
   * @param ordinals the array
   * @param from the first index to sort
   * @param to the index after the last to sort
   * @param keys the finite key of each ordinal in the part
   * @throws IndexOutOfBoundsException if the part is not within the array
   */
  public static void sort(int[] ordinals, int from, int to, Keys keys) {
    Objects.checkFromToIndex(from, to, ordinals.length);
    new OrdinalSort(ordinals, new int[to - from], keys).sort(from, to);
  }

  private void sort(int from, int to) {
    // Indices are long: the one after the last run may be beyond an int.
    for (long start = from; start < to; start += RUN) {
      sortRun((int) start, (int) Math.min(start + RUN, to));
    }
    for (long width = RUN; width < to - from; width *= 2) {
      for (long start = from; start + width < to; start += 2 * width) {
        merge((int) start, (int) (start + width), (int) Math.min(start + 2 * width, to));
      }
    }
  }

  private void sortRun(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int ordinal = ordinals[i];
      double key = keys.key(ordinal);
      int place = i;
      while (place > from && isBefore(key, ordinal, ordinals[place - 1])) {
        ordinals[place] = ordinals[place - 1];
        place--;
      }
      ordinals[place] = ordinal;
    }
  }

  private void merge(int from, int middle, int to) {
    int right = middle;
    double rightKey = keys.key(ordinals[right]);
    if (!isBefore(rightKey, ordinals[right], ordinals[middle - 1])) {
      return;
    }
    int size = middle - from;
    System.arraycopy(ordinals, from, buffer, 0, size);
    int left = 0;
    double leftKey = keys.key(buffer[left]);
    for (int place = from; left < size && right < to; place++) {
      if (KeyOrder.isBefore(rightKey, ordinals[right], leftKey, buffer[left])) {
        ordinals[place] = ordinals[right++];
        // One key is read per moved ordinal: reading keys dominates the cost of sorting.
        rightKey = right < to ? keys.key(ordinals[right]) : rightKey;
      } else {
        ordinals[place] = buffer[left++];
        leftKey = left < size ? keys.key(buffer[left]) : leftKey;
      }
    }
    // The rest of the right run is in its place already.
    System.arraycopy(buffer, left, ordinals, right - (size - left), size - left);
  }

  private boolean isBefore(double key, int ordinal, int other) {
    return KeyOrder.isBefore(key, ordinal, keys.key(other), other);
  }
}
