package dev.vantage.tsdb.language;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Series and their points. Thread-safe. */
final class SeriesFunctions {
  private static final int ANY = Integer.MAX_VALUE;
  private static final int CURVE_POINTS = 512;

  private SeriesFunctions() {}

  static List<Builtin> all() {
    List<Builtin> all = new ArrayList<>(stored());
    all.addAll(made());
    return all;
  }

  private static List<Builtin> stored() {
    return List.of(
        Builtin.of(
            "(series s) or (series q)",
            "The stored series of an id, with its points.",
            1,
            call -> series(call, 0)),
        Builtin.of(
            "(values q) or (values s)",
            "The values of a series as given; costs a step a point.",
            1,
            call -> numbers(call, series(call, 0).series().values())),
        Builtin.of(
            "(times q) or (times s)",
            "The times of a series as given; evenly spaced fractions if it was given without"
                + " times.",
            1,
            call -> numbers(call, series(call, 0).series().times())),
        Builtin.of(
            "(period q) or (period s)",
            "The period by which a series is folded; nil if it is not.",
            1,
            call ->
                series(call, 0).series().period().stream()
                    .<Value>mapToObj(Value.DoubleNumber::new)
                    .findFirst()
                    .orElse(Value.Nil.NIL)),
        Builtin.of(
            "(attributes-of q) or (attributes-of s)",
            "The attributes of the stored series of an id, as a record.",
            1,
            SeriesFunctions::attributesOf));
  }

  private static Value.SeriesValue series(Arguments call, int number) {
    if (call.value(number) instanceof Value.SeriesValue series) {
      return series;
    } else if (call.value(number) instanceof Value.Text id) {
      SeriesEntry entry = call.host().get(id.value(), call.position(number));
      call.meter().allocate(entry.series().size(), Meter.POINT);
      return new Value.SeriesValue(entry.id(), entry.series());
    }
    throw call.wrongType(number, "an id or a series");
  }

  private static Value numbers(Arguments call, double[] numbers) {
    call.meter().steps(numbers.length);
    return call.meter().list(Arrays.stream(numbers).mapToObj(Value.DoubleNumber::new).toList());
  }

  private static Value attributesOf(Arguments call) {
    String id = call.value(0) instanceof Value.SeriesValue series ? series.id() : call.text(0);
    if (id.isEmpty()) {
      throw call.failure(0, "value/series", "series must have an id: " + call.value(0));
    }
    SeriesEntry entry = call.host().get(id, call.position(0));
    Map<String, Value> fields = new LinkedHashMap<>();
    entry.attributes().asMap().forEach((name, value) -> fields.put(name, Cells.value(value)));
    return call.meter().record(fields);
  }

  private static List<Builtin> made() {
    return List.of(
        Builtin.of(
            "(make-series xs [:times xs] [:period n] [:id s])",
            "A series of values; costs a step a point.",
            1,
            ANY,
            SeriesFunctions::made),
        Builtin.of(
            "(curve q|s [:points i] [:lag i] [:raw true])",
            "A table of phases and values: a series as it is compared, shifted by a lag; :raw"
                + " leaves"
                + " out the standardisation. 512 points unless given.",
            1,
            ANY,
            SeriesFunctions::curve),
        Builtin.of(
            "(file s [:period n])",
            "The series in a file of the host, in the format columns.",
            1,
            3,
            SeriesFunctions::file));
  }

  private static double[] points(Arguments call, int number) {
    List<Value> items = call.items(number);
    call.meter().steps(items.size());
    call.meter().allocate(items.size(), Meter.POINT);
    double[] points = new double[items.size()];
    for (int i = 0; i < points.length; i++) {
      if (!Comparing.isNumber(items.get(i))) {
        throw Arguments.wrongType(call.position(number), "a list of numbers", items.get(i));
      }
      points[i] = Arguments.decimal(items.get(i));
    }
    return points;
  }

  private static Value made(Arguments call) {
    Map<String, Integer> options = call.options(1, Set.of("times", "period", "id"));
    double[] values = points(call, 0);
    Integer times = options.get("times");
    TimeSeries series =
        Host.refusedAt(
            call.position(0),
            () ->
                times == null
                    ? TimeSeries.ofValues(values)
                    : TimeSeries.of(points(call, times), values));
    TimeSeries folded = folded(call, series, options);
    Integer id = options.get("id");
    return new Value.SeriesValue(id == null ? "" : call.text(id), folded);
  }

  private static TimeSeries folded(
      Arguments call, TimeSeries series, Map<String, Integer> options) {
    Integer period = options.get("period");
    return period == null
        ? series
        : Host.refusedAt(call.position(period), () -> series.foldedBy(call.decimal(period)));
  }

  private static Value file(Arguments call) {
    Map<String, Integer> options = call.options(1, Set.of("period"));
    String name = call.text(0);
    Files files =
        call.host()
            .files()
            .orElseThrow(
                () -> call.failure(0, "host/no-files", "programs must not read files here"));
    try {
      TimeSeries series = Host.refusedAt(call.position(0), () -> read(files, name));
      call.meter().allocate(series.size(), Meter.POINT);
      return new Value.SeriesValue("", folded(call, series, options));
    } catch (UnreadableFile e) {
      throw call.failure(0, "host/file", String.valueOf(e.getMessage()));
    }
  }

  private static TimeSeries read(Files files, String name) {
    try {
      return files.read(name);
    } catch (IOException e) {
      throw new UnreadableFile(String.valueOf(e.getMessage()));
    }
  }

  /** Carries the message of a failed read out of a lambda. */
  private static final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableFile(String message) {
      super(message);
    }
  }

  private static Value curve(Arguments call) {
    Map<String, Integer> options = call.options(1, Set.of("points", "lag", "raw"));
    Integer raw = options.get("raw");
    Curve curve =
        curve(
            call,
            0,
            integer(call, options, "lag", 0),
            integer(call, options, "points", CURVE_POINTS),
            raw != null && call.value(raw).isTrue() ? Scale.RAW : Scale.COMPARED);
    double[] phases = curve.phases();
    double[] values = curve.values();
    List<List<Value>> rows = new ArrayList<>();
    for (int i = 0; i < curve.size(); i++) {
      rows.add(List.of(new Value.DoubleNumber(phases[i]), new Value.DoubleNumber(values[i])));
    }
    List<TableColumn> columns =
        List.of(new TableColumn("phase", Type.DOUBLE), new TableColumn("value", Type.DOUBLE));
    return call.meter().table(Table.of(columns, rows));
  }

  private static long integer(
      Arguments call, Map<String, Integer> options, String name, long standard) {
    Integer number = options.get(name);
    return number == null ? standard : call.integer(number);
  }

  /** The values of a curve. */
  enum Scale {
    /** As they were given. */
    RAW,
    /** With mean 0 and standard deviation 1. */
    COMPARED
  }

  /** Returns a series as it is compared, shifted back by a lag and thinned. */
  static Curve curve(Arguments call, int number, long lag, long points, Scale scale) {
    if (points < 2) {
      throw call.failure(number, "value/index", "points must be >= 2: points=" + points);
    }
    call.meter().check(Limit.ROWS, points);
    Value subject = call.value(number);
    Position position = call.position(number);
    Settings settings = call.host().stats(position).settings();
    call.meter().steps(settings.length() + points);
    call.meter().allocate(settings.length() + points, Meter.POINT);
    String id = subject instanceof Value.Text text ? text.value() : "";
    double[] samples;
    if (subject instanceof Value.Text text && scale == Scale.COMPARED) {
      samples = call.host().samples(text.value(), position);
    } else {
      TimeSeries series = series(call, number).series();
      samples =
          Host.refusedAt(position, () -> settings.resampling().resample(series, settings.length()));
      samples = scale == Scale.RAW ? samples : standardised(samples);
    }
    if (!Arrays.stream(samples).allMatch(Double::isFinite)) {
      throw call.failure(
          number, "number/overflow", "values of a series must have a finite spread to be compared");
    }
    double[] shifted = shifted(samples, Math.floorMod(lag, samples.length));
    return Host.refusedAt(
        position, () -> Curve.of(id, shifted, settings.resampling(), (int) points));
  }

  private static double[] shifted(double[] samples, int lag) {
    double[] shifted = new double[samples.length];
    Arrays.setAll(shifted, i -> samples[(i + lag) % samples.length]);
    return shifted;
  }

  private static double[] standardised(double[] samples) {
    double mean = Arrays.stream(samples).average().orElse(0);
    double variance =
        Arrays.stream(samples).map(one -> (one - mean) * (one - mean)).average().orElse(0);
    double std = Math.sqrt(variance);
    return Arrays.stream(samples).map(one -> std == 0 ? 0 : (one - mean) / std).toArray();
  }
}
