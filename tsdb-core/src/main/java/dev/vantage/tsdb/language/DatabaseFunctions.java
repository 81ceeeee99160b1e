package dev.vantage.tsdb.language;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the database says of itself. Thread-safe. */
final class DatabaseFunctions {
  private static final List<TableColumn> ATTRIBUTES =
      List.of(
          new TableColumn("name", Type.TEXT),
          new TableColumn("type", Type.TEXT),
          new TableColumn("built_in", Type.BOOLEAN));

  private DatabaseFunctions() {}

  static List<Builtin> all() {
    return List.of(
        Builtin.of(
            "(attributes)",
            "A table of the attributes of series: name, type, built_in.",
            0,
            call -> attributes(call.host().types(call.site().position()), call.meter())),
        Builtin.of(
            "(stats)",
            "A record of the state of the database.",
            0,
            call -> stats(call.host().stats(call.site().position()), call.meter())));
  }

  private static Value attributes(AttributeTypes types, Meter meter) {
    List<List<Value>> rows = new ArrayList<>();
    types
        .all()
        .forEach(
            (name, type) ->
                rows.add(
                    List.of(
                        new Value.Text(name),
                        new Value.Text(type.label()),
                        Value.Bool.of(AttributeTypes.isBuiltIn(name)))));
    return meter.table(Table.of(ATTRIBUTES, rows));
  }

  private static Value stats(Stats stats, Meter meter) {
    Settings settings = stats.settings();
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("series", new Value.LongNumber(stats.series()));
    fields.put("length", new Value.LongNumber(settings.length()));
    fields.put("metric", meter.text(settings.metric().name()));
    fields.put("resampling", meter.text(settings.resampling().label()));
    fields.put(
        "vantage_points", meter.list(stats.vantagePoints().stream().map(Value.Text::new).toList()));
    fields.put("read_only", Value.Bool.of(stats.readOnly()));
    fields.put("version", meter.text(stats.versions().tsdb()));
    return meter.record(fields);
  }
}
