package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.cli.plot.TerminalPlot;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.protocol.op.ValueJson;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes answers of the values of programs, in the three formats. */
final class ProgramAnswer {
  private ProgramAnswer() {}

  /** Returns the answer with a value, in the format that is printed. */
  static VerbOutput of(Value value, OutputFormat format) {
    return switch (format) {
      case TABLE -> readable(value, Long.MAX_VALUE);
      case JSON ->
          VerbOutput.of(ValueJson.payload(value).toTree(), TextTable.of(List.of(), List.of()));
      case CSV ->
          new VerbOutput(nothing(), exact(value), List.of(), List.of(), notes(value), false);
    };
  }

  /** Returns the answer to read, with at most some rows of a table. */
  static VerbOutput readable(Value value, long mostRows) {
    if (value instanceof dev.vantage.tsdb.language.Table table) {
      long rows = Math.min(mostRows, table.rows().size());
      Iterator<List<String>> cells =
          table.rows().stream()
              .limit(rows)
              .map(row -> row.stream().map(ValueText::alone).toList())
              .iterator();
      TextTable shown = new TextTable(names(table), numbers(table), cells);
      List<String> more =
          rows < table.rows().size()
              ? List.of("... " + (table.rows().size() - rows) + " more, ,all shows them")
              : List.of();
      return new VerbOutput(nothing(), shown, List.of(shown), more, notes(value), false);
    }
    List<String> lines =
        value instanceof Value.PlotValue plot
            ? TerminalPlot.draw(plot.plot(), Screen.terminal())
            : List.of(ValueText.onTerminal(value));
    return new VerbOutput(
        nothing(), TextTable.of(List.of(), List.of()), List.of(), lines, List.of(), false);
  }

  /** Returns rows with every digit; a value that is no table is a row of one cell, or of fields. */
  private static TextTable exact(Value value) {
    if (value instanceof dev.vantage.tsdb.language.Table table) {
      return new TextTable(
          names(table),
          table.rows().stream()
              .map(row -> row.stream().map(ProgramAnswer::cell).toList())
              .iterator());
    } else if (value instanceof Value.RecordValue record) {
      Map<String, Value> fields = record.fields();
      return TextTable.ofOne(
          List.copyOf(fields.keySet()), fields.values().stream().map(ProgramAnswer::cell).toList());
    } else if (value instanceof Value.ListValue list) {
      return new TextTable(
          List.of("value"), list.items().stream().map(item -> List.of(cell(item))).iterator());
    }
    return TextTable.ofOne(List.of("value"), List.of(cell(value)));
  }

  private static String cell(Value value) {
    return value instanceof Value.Nil ? "" : ValueText.alone(value);
  }

  private static List<String> names(dev.vantage.tsdb.language.Table table) {
    return table.columns().stream().map(TableColumn::name).toList();
  }

  private static Set<String> numbers(dev.vantage.tsdb.language.Table table) {
    return table.columns().stream()
        .filter(column -> column.type() == Type.LONG || column.type() == Type.DOUBLE)
        .map(TableColumn::name)
        .collect(Collectors.toSet());
  }

  private static List<String> notes(Value value) {
    return value instanceof dev.vantage.tsdb.language.Table table
        ? table.notes().stream().map(note -> "note: " + note).toList()
        : List.of();
  }

  private static JsonNode nothing() {
    return JsonNodeFactory.instance.nullNode();
  }
}
