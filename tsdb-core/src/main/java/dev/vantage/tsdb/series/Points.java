package dev.vantage.tsdb.series;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Points in order of time, one per distinct time. */
final class Points {
  private final double[] times;
  private final double[] values;

  private Points(double[] times, double[] values) {
    this.times = times;
    this.values = values;
  }

  /** Sorts the points and averages the values at equal times. The arrays may be kept. */
  static Points sortedAndAveraged(double[] times, double[] values) {
    if (!isIncreasing(times)) {
      return averaged(times, values);
    }
    return new Points(times, values).checked();
  }

  private static Points averaged(double[] times, double[] values) {
    Integer[] order = sortedOrder(times);
    double[] distinct = new double[times.length];
    double[] averages = new double[times.length];
    int size = 0;
    for (int from = 0; from < order.length; ) {
      double time = times[order[from]];
      double average = 0;
      int to = from;
      while (to < order.length && times[order[to]] == time) {
        // A running mean cannot overflow where the sum could.
        double value = values[order[to]];
        to++;
        int seen = to - from;
        average += value / seen - average / seen;
      }
      distinct[size] = time;
      averages[size] = average;
      size++;
      from = to;
    }
    return new Points(Arrays.copyOf(distinct, size), Arrays.copyOf(averages, size)).checked();
  }

  /** Returns the indices of the times in increasing order of time; equal times keep their order. */
  private static Integer[] sortedOrder(double[] times) {
    Integer[] order = new Integer[times.length];
    Arrays.setAll(order, i -> i);
    // + 0.0 turns -0.0 into 0.0, so that equal times are neighbors whatever their sign.
    Arrays.sort(order, (a, b) -> Double.compare(times[a] + 0.0, times[b] + 0.0));
    return order;
  }

  private static boolean isIncreasing(double[] times) {
    for (int i = 1; i < times.length; i++) {
      if (!(times[i - 1] < times[i])) {
        return false;
      }
    }
    return true;
  }

  private Points checked() {
    for (double value : values) {
      if (value != values[0]) {
        return this;
      }
    }
    throw new InvalidSeriesException(
        "series must not be constant after values at equal times are averaged: every value="
            + values[0]);
  }

  int size() {
    return times.length;
  }

  double time(int i) {
    return times[i];
  }

  /** Returns these points with the last point repeated before 0 and the first repeated after 1. */
  Points wrapped() {
    int size = size();
    double[] moreTimes = new double[size + 2];
    double[] moreValues = new double[size + 2];
    System.arraycopy(times, 0, moreTimes, 1, size);
    System.arraycopy(values, 0, moreValues, 1, size);
    moreTimes[0] = times[size - 1] - 1;
    moreValues[0] = values[size - 1];
    moreTimes[size + 1] = times[0] + 1;
    moreValues[size + 1] = values[0];
    return new Points(moreTimes, moreValues);
  }

  /** Interpolates linearly at increasing places between the first and the last time. */
  double[] interpolate(IntToDoubleFunction place, int length) {
    double[] result = new double[length];
    int right = 1;
    for (int k = 0; k < length; k++) {
      double time = place.applyAsDouble(k);
      while (right < size() - 1 && times[right] <= time) {
        right++;
      }
      result[k] = between(right - 1, right, time);
    }
    return result;
  }

  private double between(int left, int right, double time) {
    double gap = times[right] - times[left];
    double share =
        Double.isInfinite(gap)
            ? (time / 2 - times[left] / 2) / (times[right] / 2 - times[left] / 2)
            : (time - times[left]) / gap;
    share = Math.min(1, Math.max(0, share));
    double from = values[left];
    double to = values[right];
    if (from == to || share == 0) {
      return from;
    }
    if (share == 1) {
      return to;
    }
    double step = to - from;
    double value = Double.isInfinite(step) ? from * (1 - share) + to * share : from + step * share;
    // Rounding can exceed the farther value, and the greatest double.
    return Math.max(Math.min(from, to), Math.min(Math.max(from, to), value));
  }
}
