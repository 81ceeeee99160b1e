package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.OptionalDouble;

/** The fields of an uploaded series: {@code ts} and {@code period}. Thread-safe. */
final class SeriesFields {
  static final FieldNames NAMES = FieldNames.series("ts").and(FieldNames.scalars("period"));

  private SeriesFields() {}

  static TimeSeries read(Fields fields) {
    TimeSeries series = fields.points();
    OptionalDouble period = fields.number("period");
    return period.isPresent() ? series.foldedBy(period.getAsDouble()) : series;
  }

  static void put(ObjectNode body, TimeSeries series) {
    ArrayNode values = numbers(series.values());
    if (series.hasTimes()) {
      body.putArray("ts").add(numbers(series.times())).add(values);
    } else {
      body.set("ts", values);
    }
    series.period().ifPresent(period -> body.put("period", period));
  }

  private static ArrayNode numbers(double[] numbers) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(numbers.length);
    for (double number : numbers) {
      list.add(number);
    }
    return list;
  }
}
