package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.list;
import static dev.vantage.tsdb.protocol.op.PayloadReader.number;
import static dev.vantage.tsdb.protocol.op.PayloadReader.numbers;
import static dev.vantage.tsdb.protocol.op.PayloadReader.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Mark;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Plot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The JSON of plots: {@code title}; {@code lines}, each with {@code name}, {@code x}, {@code y},
 * and where they are not the usual ones with {@code shape}, {@code note} and {@code panel}; and
 * {@code panels} with their axes. Thread-safe.
 */
final class PlotJson {
  private PlotJson() {}

  /** Writes the fields of a plot into the object that is open. */
  static void write(Plot plot, JsonGenerator out) throws IOException {
    writeText("title", plot.title(), out);
    out.writeArrayFieldStart("lines");
    for (int panel = 0; panel < plot.panels().size(); panel++) {
      for (Mark mark : plot.panels().get(panel).marks()) {
        write(mark, panel, out);
      }
    }
    out.writeEndArray();
    out.writeArrayFieldStart("panels");
    for (Panel panel : plot.panels()) {
      out.writeStartObject();
      writeText("title", panel.title(), out);
      write("x", panel.x(), out);
      write("y", panel.y(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeText(String field, String value, JsonGenerator out) throws IOException {
    if (!value.isEmpty()) {
      out.writeStringField(field, value);
    }
  }

  private static void write(Mark mark, int panel, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", mark.name());
    out.writeFieldName("x");
    out.writeArray(mark.x(), 0, mark.size());
    out.writeFieldName("y");
    out.writeArray(mark.y(), 0, mark.size());
    if (mark.shape() != Mark.Shape.LINE) {
      out.writeStringField("shape", mark.shape().name().toLowerCase(Locale.ROOT));
    }
    writeText("note", mark.note(), out);
    if (panel > 0) {
      out.writeNumberField("panel", panel);
    }
    out.writeEndObject();
  }

  private static void write(String field, Axis axis, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart(field);
    writeText("label", axis.label(), out);
    out.writeNumberField("low", axis.low());
    out.writeNumberField("high", axis.high());
    if (axis.direction() == Axis.Direction.DESCENDING) {
      out.writeBooleanField("inverted", true);
    }
    out.writeEndObject();
  }

  /** Reads what {@link #write(Plot, JsonGenerator)} wrote. */
  static Plot read(JsonNode object) {
    JsonNode described = list(object.required("panels"));
    List<List<Mark>> marks = new ArrayList<>();
    described.forEach(panel -> marks.add(new ArrayList<>()));
    for (JsonNode line : list(object.required("lines"))) {
      marks.get(line.path("panel").asInt()).add(mark(line));
    }
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < marks.size(); i++) {
      JsonNode panel = described.get(i);
      panels.add(
          new Panel(
              panel.path("title").asText(),
              axis(panel.required("x")),
              axis(panel.required("y")),
              marks.get(i)));
    }
    return new Plot(object.path("title").asText(), panels);
  }

  private static Mark mark(JsonNode line) {
    String name = text(line.required("name"));
    String note = line.path("note").asText();
    double[] x = numbers(line.required("x"));
    double[] y = numbers(line.required("y"));
    return switch (line.path("shape").asText("line")) {
      case "line" -> Mark.line(name, note, x, y);
      case "points" -> Mark.points(name, note, x, y);
      case "arrow" -> Mark.arrow(note, x[0], x[1], y[0]);
      default -> throw new IllegalArgumentException("shape must be known, found " + line);
    };
  }

  private static Axis axis(JsonNode node) {
    Axis axis =
        Axis.of(
            node.path("label").asText(),
            number(node.required("low")),
            number(node.required("high")));
    return node.path("inverted").asBoolean() ? axis.inverted() : axis;
  }
}
