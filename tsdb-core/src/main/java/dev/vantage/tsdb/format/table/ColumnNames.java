package dev.vantage.tsdb.format.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What the names of columns usually mean. Thread-safe. */
public final class ColumnNames {
  private static final Set<String> TIMES =
      Set.of(
          "time",
          "times",
          "t",
          "hjd",
          "bjd",
          "jd",
          "mjd",
          "bjd_tdb",
          "bjd_tcb",
          "btjd",
          "bkjd",
          "obsmjd",
          "obsjd",
          "obs_time",
          "obstime",
          "tstp",
          "timestamp",
          "datetime",
          "date_time",
          "date",
          "_time",
          "phase",
          "phases",
          "elapsed time",
          "sample #",
          "obs time");

  private static final Set<String> VALUES =
      Set.of(
          "value",
          "values",
          "val",
          "mag",
          "mags",
          "magnitude",
          "flux",
          "_value",
          "m",
          "v",
          "y",
          "vmag",
          "w1mpro",
          "psfmag",
          "psf_mag",
          "energy",
          "power",
          "signal",
          "amplitude",
          "wert",
          "global_active_power",
          "temperature",
          "reading");

  private static final Set<String> BANDS =
      Set.of(
          "band",
          "bands",
          "filter",
          "filt",
          "filtercode",
          "filter_name",
          "passband",
          "fid",
          "f",
          "_field",
          "_measurement",
          "field",
          "metric",
          "parameter",
          "variable",
          "channel");

  private static final Set<String> NAMES =
      Set.of(
          "id",
          "ids",
          "name",
          "object",
          "objectid",
          "object_id",
          "objid",
          "oid",
          "source",
          "source_id",
          "sourceid",
          "star",
          "star_id",
          "inputid",
          "lclid",
          "sensor",
          "sensor_id",
          "device",
          "device_id",
          "meter",
          "meter_id",
          "station",
          "station_id",
          "series",
          "series_id",
          "series_name",
          "target",
          "tic",
          "kic",
          "epic",
          "host",
          "unit",
          "patient");

  private static final Set<String> KEYS =
      Set.of(
          "", "id", "ids", "name", "label", "class", "target", "index", "key", "series", "y",
          "country", "region", "city", "site", "code", "sample", "subject");

  private static final Set<String> LABELS =
      Set.of("label", "class", "target", "class_label", "classlabel");

  private static final Set<String> ERRORS =
      Set.of(
          "err",
          "error",
          "e",
          "sigma",
          "magerr",
          "mag_err",
          "e_mag",
          "emag",
          "flux_err",
          "fluxerr",
          "uncertainty",
          "std",
          "dmag");

  private static final Set<String> PROSE =
      Set.of(
          "a", "all", "and", "are", "as", "at", "by", "data", "for", "from", "in", "is", "of", "on",
          "or", "over", "per", "the", "this", "to", "versus", "vs", "vs.", "with");

  /** How much steps of a scale may differ, because its numbers are rounded. */
  private static final double MOST_UNEVEN = 0.05;

  private static final Pattern UNIT =
      Pattern.compile("-+|[(\\[{'\"]?[\\p{L}%\u00b0\u00b5/].*|", Pattern.DOTALL);

  private ColumnNames() {}

  /** Says whether a name, in lower case and without unit, is usual for times. */
  public static boolean isTime(String name) {
    return TIMES.contains(name);
  }

  /** Says whether a name, in lower case and without unit, is usual for values. */
  public static boolean isValue(String name) {
    return VALUES.contains(name);
  }

  /**
   * Says whether a name, in lower case and without unit, is usual for bands or measured quantities.
   */
  public static boolean isBand(String name) {
    return BANDS.contains(name);
  }

  /** Says whether a name, in lower case and without unit, is usual for names of series. */
  public static boolean isSeriesName(String name) {
    return NAMES.contains(name);
  }

  /** Says whether a name, in lower case and without unit, is usual for class labels. */
  public static boolean isLabel(String name) {
    return LABELS.contains(name);
  }

  /**
   * Says whether a name, in lower case and without unit, is usual for neither times nor values, but
   * for series, labels, bands or errors.
   */
  public static boolean isOther(String name) {
    return isSeriesName(name) || isLabel(name) || isBand(name) || ERRORS.contains(name);
  }

  static boolean isKey(String name) {
    return KEYS.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Says whether a row names its columns by numbers in even steps, such as {@code id,0,1,2}. Its
   * other fields are usual names for keys; there may be any one name before years.
   */
  static boolean areScale(List<String> row, DecimalMark mark) {
    List<String> texts = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    for (String field : row) {
      OptionalDouble number = Numbers.finite(field, mark);
      number.ifPresentOrElse(numbers::add, () -> texts.add(field));
    }
    boolean areKeys =
        texts.stream().allMatch(text -> isKey(text) || isSeriesName(text.toLowerCase(Locale.ROOT)));
    boolean areYears =
        texts.stream().filter(text -> !text.isEmpty()).count() == 1
            && numbers.stream().allMatch(number -> number >= 1500 && number <= 2200);
    boolean beginsWithName = Numbers.finite(row.get(0), mark).isEmpty();
    return beginsWithName && areEven(numbers) && (areKeys || areYears);
  }

  /** Says whether numbers grow by about the same step. */
  private static boolean areEven(List<Double> numbers) {
    if (numbers.size() < 2) {
      return false;
    }
    double step = (numbers.get(numbers.size() - 1) - numbers.get(0)) / (numbers.size() - 1);
    return step > 0
        && IntStream.range(1, numbers.size())
            .allMatch(
                i -> Math.abs(numbers.get(i) - numbers.get(i - 1) - step) <= MOST_UNEVEN * step);
  }

  /** Says whether a word is one of sentences rather than a name. */
  static boolean isProse(String word) {
    return PROSE.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Says whether a row under a header is one of units, of formats or of dashes. */
  static boolean areUnits(List<String> row) {
    return row.stream().allMatch(field -> UNIT.matcher(field).matches())
        && row.stream().anyMatch(field -> !field.isEmpty())
        && row.stream().noneMatch(field -> Numbers.isMissing(field) && hasLetterOrMark(field));
  }

  private static boolean hasLetterOrMark(String field) {
    return !field.isEmpty() && !field.chars().allMatch(c -> c == '-');
  }
}
