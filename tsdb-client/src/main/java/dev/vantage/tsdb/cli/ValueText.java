package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.cli.plot.VisibleText;
import dev.vantage.tsdb.language.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints values of programs whole, however long they are. */
final class ValueText {
  private ValueText() {}

  /** Returns a value as it is shown by itself: a text without quotes. */
  static String alone(Value value) {
    return value instanceof Value.Text text ? text.value() : data(value);
  }

  /** Returns the same without characters that control a terminal; lines stay lines. */
  static String onTerminal(Value value) {
    String text = alone(value);
    return Arrays.stream(text.split("\n", -1))
        .map(
            line ->
                Arrays.stream(line.split("\t", -1))
                    .map(VisibleText::of)
                    .collect(Collectors.joining("\t")))
        .collect(Collectors.joining("\n"));
  }

  private static String data(Value value) {
    StringBuilder out = new StringBuilder();
    append(value, out);
    return out.toString();
  }

  private static void append(Value value, StringBuilder out) {
    if (value instanceof Value.ListValue list) {
      out.append('(');
      String gap = "";
      for (Value item : list.items()) {
        out.append(gap);
        appendPart(item, out);
        gap = " ";
      }
      out.append(')');
    } else if (value instanceof Value.RecordValue record) {
      out.append('{');
      String gap = "";
      for (Map.Entry<String, Value> field : record.fields().entrySet()) {
        out.append(gap).append(new Value.Keyword(field.getKey())).append(' ');
        appendPart(field.getValue(), out);
        gap = " ";
      }
      out.append('}');
    } else {
      out.append(value);
    }
  }

  private static void appendPart(Value value, StringBuilder out) {
    if (value instanceof Value.ListValue || value instanceof Value.RecordValue) {
      append(value, out);
    } else {
      // Within a list the language prints texts and timestamps so that they read back.
      String printed = Value.ListValue.of(List.of(value)).toString();
      out.append(printed, 1, printed.endsWith(")") ? printed.length() - 1 : printed.length());
    }
  }
}
