package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.Clocks;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TimeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds columns of texts that tell several series apart, whatever they are called. Thread-safe. */
final class MixedRows {
  private MixedRows() {}

  /**
   * Says whether the times of the first rows do not rise, but rise in the rows of each text of a
   * column.
   *
   * @param time the index of the column of times
   * @param column the index of the column of texts
   */
  static boolean areToldApart(DataTable table, int time, int column) {
    Map<String, List<Double>> byText = new HashMap<>();
    List<Double> all = new ArrayList<>();
    for (List<String> row : table.sample()) {
      if (row.size() <= Math.max(time, column) || !isText(row.get(column), table)) {
        return false;
      }
      double at = time(row.get(time), table);
      if (!Double.isNaN(at)) {
        all.add(at);
        byText.computeIfAbsent(row.get(column), any -> new ArrayList<>()).add(at);
      }
    }
    return byText.size() > 1
        && byText.size() < all.size()
        && !isRising(all)
        && byText.values().stream().allMatch(MixedRows::isRising);
  }

  private static boolean isText(String field, DataTable table) {
    return !Numbers.isNumeric(field, table.decimalMark())
        && !TimeText.isMoment(field)
        && !Clocks.isClock(field);
  }

  private static double time(String field, DataTable table) {
    return Numbers.finite(field, table.decimalMark())
        .orElseGet(
            () ->
                TimeText.parse(field)
                    .map(moment -> moment.getEpochSecond() + moment.getNano() / 1e9)
                    .orElse(Double.NaN));
  }

  private static boolean isRising(List<Double> times) {
    for (int i = 1; i < times.size(); i++) {
      if (!(times.get(i) > times.get(i - 1))) {
        return false;
      }
    }
    return true;
  }
}
