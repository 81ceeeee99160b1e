package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TextSource;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds the period of a series. Not thread-safe. */
final class PeriodChoice {
  private static final List<String> KINDS = List.of("series id", "group", "series id");

  private final OptionalDouble one;
  private final Optional<Periods> known;
  private final boolean hasColumn;
  private final DecimalMark mark;
  private final Output output;

  /**
   * Creates a choice.
   *
   * @param mark the mark of decimals in the column of periods
   */
  PeriodChoice(ReadOptions options, DecimalMark mark, Output output) {
    this.mark = mark;
    this.one = options.period();
    this.known = options.get(ReadOption.PERIODS, Periods.class);
    this.hasColumn = options.has(ReadOption.PERIOD_COLUMN);
    this.output = output;
  }

  /**
   * Folds a series by its period, if series have any.
   *
   * @param keys the id of the series, its group and its name, of which some may be empty
   * @param told the field in the column of periods, or empty
   * @param commented what a comment says, where no option gives a period; or empty
   */
  TimeSeries fold(
      TimeSeries series,
      List<String> keys,
      TextSource source,
      Optional<String> told,
      Optional<String> commented)
      throws BadRowException {
    if (hasColumn) {
      String text = told.orElseThrow(() -> new BadRowException("period must be present: text=''"));
      return series.foldedBy(Numbers.parse(text, mark, () -> "period"));
    }
    if (known.isPresent()) {
      return series.foldedBy(find(known.get(), keys, source));
    }
    if (one.isPresent()) {
      return series.foldedBy(one.getAsDouble());
    }
    if (commented.isEmpty() || !series.hasTimes()) {
      return series;
    }
    output.note("periods in comments");
    return series.foldedBy(Numbers.parse(commented.get(), () -> "period"));
  }

  private double find(Periods periods, List<String> keys, TextSource source)
      throws BadRowException {
    for (int i = 0; i < keys.size(); i++) {
      OptionalDouble found = periods.periodOf(keys.get(i));
      if (found.isPresent() && !keys.get(i).isEmpty()) {
        output.note("periods by " + (keys.get(i).equals(source.name()) ? "file" : KINDS.get(i)));
        return found.getAsDouble();
      }
    }
    for (String name : List.of(source.name(), source.fileName())) {
      OptionalDouble found = periods.periodOf(name);
      if (found.isPresent()) {
        output.note("periods by file");
        return found.getAsDouble();
      }
    }
    throw new BadRowException(
        "series must have a period, by its id, its group or its file: id="
            + Numbers.quote(keys.get(0))
            + ", file="
            + Numbers.quote(source.name())
            + ", periods known="
            + periods.size());
  }
}
