package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.Numbers;
import java.util.Arrays;
import java.util.List;

/** Parses the values of a series that are in one row. Thread-safe. */
final class ValueRow {
  private ValueRow() {}

  /**
   * Parses fields. Missing ones at the end end the series, unless it is said that they are refused;
   * others are interpolated or refused.
   *
   * @param options what becomes of missing values
   */
  static double[] parse(List<String> fields, DecimalMark mark, ReadOptions options, Output output)
      throws BadRowException {
    MissingValues missing = options.missing(MissingValues.REFUSE);
    int size = fields.size();
    while (!options.refusesEnds() && size > 0 && Numbers.isMissing(fields.get(size - 1))) {
      size--;
    }
    if (size < fields.size()) {
      output.note("series that end before missing values");
    }
    double[] values = new double[size];
    boolean hasGaps = false;
    for (int k = 0; k < size; k++) {
      String field = fields.get(k);
      boolean isGap = missing == MissingValues.INTERPOLATE && k > 0 && Numbers.isMissing(field);
      values[k] = isGap ? Double.NaN : parse(field, mark, k + 1);
      hasGaps |= isGap;
    }
    if (hasGaps) {
      output.note("series with interpolated values");
      interpolate(values);
    }
    return values;
  }

  private static double parse(String field, DecimalMark mark, int place) throws BadRowException {
    if (Numbers.isMissing(field)) {
      throw absent(field, place);
    }
    return Numbers.parse(field, mark, () -> "value " + place);
  }

  /** Returns the error of a missing value. Interpolation cannot fill the first value. */
  static BadRowException absent(String field, int place) {
    return new BadRowException(
        "value "
            + place
            + " must be present: text="
            + Numbers.quote(field)
            + (place > 1 ? "; hint: --missing interpolate" : ""));
  }

  /** Fills gaps, which are neither at the start nor at the end. */
  private static void interpolate(double[] values) {
    int before = 0;
    for (int k = 1; k < values.length; k++) {
      if (!Double.isNaN(values[k])) {
        int first = before;
        double from = values[first];
        double step = (values[k] - from) / (k - first);
        for (int gap = first + 1; gap < k; gap++) {
          values[gap] = from + step * (gap - first);
        }
        before = k;
      }
    }
  }

  /** Fills gaps at times; values are NaN where they are missing. */
  static void interpolate(double[] times, double[] values) {
    int before = 0;
    for (int k = 1; k < values.length; k++) {
      if (!Double.isNaN(values[k])) {
        for (int gap = before + 1; gap < k; gap++) {
          double share = (times[gap] - times[before]) / (times[k] - times[before]);
          values[gap] = values[before] + share * (values[k] - values[before]);
        }
        before = k;
      }
    }
  }

  /** Returns the values up to the last one that is present. */
  static double[] withoutEnd(double[] values) {
    int size = values.length;
    while (size > 0 && Double.isNaN(values[size - 1])) {
      size--;
    }
    return Arrays.copyOf(values, size);
  }
}
