package dev.vantage.tsdb.format.table;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

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
      Set.of("", "id", "ids", "name", "label", "class", "target", "index", "key", "series", "y");

  private static final Set<String> LABELS =
      Set.of("label", "class", "target", "class_label", "classlabel");

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

  /** Says whether a name, in lower case and without unit, is usual for what was measured. */
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

  static boolean isKey(String name) {
    return KEYS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Says whether fields are whole numbers that count up by one, from 0 or 1. */
  static boolean countUp(List<String> fields) {
    if (fields.size() < 2 || !(fields.get(0).equals("0") || fields.get(0).equals("1"))) {
      return false;
    }
    int first = Integer.parseInt(fields.get(0));
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).equals(Integer.toString(first + i))) {
        return false;
      }
    }
    return true;
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
