package dev.vantage.tsdb.language;

import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prints values. Prints at most a given number of chars, however large or often shared the parts of
 * a value are. Not thread-safe.
 */
final class ValuePrinter {
  private static final int SHOWN_CHARS = 16_384;
  private static final int SHOWN_ROWS = 1000;
  private static final int SHORT_CHARS = 60;
  private static final String GAP = "  ";

  private final int most;
  private final StringBuilder out = new StringBuilder();

  ValuePrinter(int most) {
    this.most = most;
  }

  /** Prints a value as it is shown by itself. */
  static String shown(Value value) {
    ValuePrinter printer = new ValuePrinter(SHOWN_CHARS);
    printer.alone(value);
    return printer.isFull() ? printer + "..." : printer.toString();
  }

  /** Prints the beginning of a value for a message. */
  static String brief(Value value) {
    ValuePrinter printer = new ValuePrinter(SHORT_CHARS);
    printer.data(value);
    return printer.isFull() ? printer + "..." : printer.toString();
  }

  /** Says whether chars were left out. */
  boolean isFull() {
    return out.length() > most;
  }

  /** Returns what was printed, cut off at the limit but not within a code point. */
  @Override
  public String toString() {
    if (!isFull()) {
      return out.toString();
    }
    int end = most > 0 && Character.isHighSurrogate(out.charAt(most - 1)) ? most - 1 : most;
    return out.substring(0, end);
  }

  /** Prints a value by itself: a text without quotes, a table in columns. */
  void alone(Value value) {
    if (value instanceof Value.Text text) {
      out.append(text.value());
    } else if (value instanceof Value.Moment moment) {
      out.append(moment.value());
    } else if (value instanceof Table table) {
      columns(table);
    } else {
      data(value);
    }
  }

  /** Prints a value as a part of data: so that it reads back where that is possible. */
  void data(Value value) {
    if (isFull()) {
      return;
    }
    if (value instanceof Value.ListValue list) {
      items(list.items());
    } else if (value instanceof Value.RecordValue record) {
      fields(record.fields());
    } else {
      out.append(word(value));
    }
  }

  private void items(List<Value> items) {
    out.append('(');
    String gap = "";
    for (Value item : items) {
      if (isFull()) {
        return;
      }
      out.append(gap);
      data(item);
      gap = " ";
    }
    out.append(')');
  }

  private void fields(Map<String, Value> fields) {
    out.append('{');
    String gap = "";
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      if (isFull()) {
        return;
      }
      out.append(gap).append(':').append(Spelling.name(field.getKey())).append(' ');
      data(field.getValue());
      gap = " ";
    }
    out.append('}');
  }

  private String word(Value value) {
    if (value instanceof Value.LongNumber number) {
      return Long.toString(number.value());
    } else if (value instanceof Value.DoubleNumber number) {
      return ShortestDouble.text(number.value());
    } else if (value instanceof Value.Text text) {
      // Escapes make a text longer, never shorter.
      return Spelling.quoted(text.value().substring(0, Math.min(most + 1, text.value().length())));
    } else if (value instanceof Value.Moment moment) {
      return "#inst \"" + moment.value() + '"';
    } else if (value instanceof Value.Bool truth) {
      return truth.isTrue() ? "true" : "false";
    } else if (value instanceof Value.Keyword keyword) {
      return ":" + Spelling.name(keyword.name());
    } else if (value instanceof Value.Symbol symbol) {
      return Spelling.name(symbol.name());
    }
    return value instanceof Value.Nil ? "nil" : "#<" + described(value) + '>';
  }

  private static String described(Value value) {
    if (value instanceof Value.FunctionValue function) {
      return function.name().isEmpty() ? "function" : "function " + function.name();
    } else if (value instanceof Value.SeriesValue series) {
      return "series "
          + (series.id().isEmpty() ? "" : series.id() + ", ")
          + series.series().size()
          + " points"
          + series.series().period().stream()
              .mapToObj(period -> ", period " + period)
              .reduce("", String::concat);
    } else if (value instanceof Table table) {
      return "table, " + table.rows().size() + " rows";
    }
    return value.type();
  }

  private void columns(Table table) {
    int rows = Math.min(SHOWN_ROWS, table.rows().size());
    List<List<String>> cells = new ArrayList<>();
    cells.add(table.columns().stream().map(column -> cell(column.name())).toList());
    for (List<Value> row : table.rows().subList(0, rows)) {
      cells.add(row.stream().map(value -> cell(alonePrinted(value))).toList());
    }
    int[] widths = widths(cells);
    String end = "";
    for (List<String> row : cells) {
      out.append(end);
      line(table, row, widths);
      end = "\n";
    }
    if (rows < table.rows().size()) {
      out.append("\n... ").append(table.rows().size() - rows).append(" more");
    }
    table.notes().forEach(note -> out.append("\nnote: ").append(note));
  }

  private void line(Table table, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Type type = table.columns().get(i).type();
      String fill = " ".repeat(widths[i] - length(row.get(i)));
      boolean isNumber = type == Type.LONG || type == Type.DOUBLE;
      line.append(isNumber ? fill + row.get(i) : row.get(i) + fill).append(GAP);
    }
    out.append(line.toString().stripTrailing());
  }

  private static int[] widths(List<List<String>> cells) {
    int[] widths = new int[cells.get(0).size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return widths;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private String alonePrinted(Value value) {
    ValuePrinter printer = new ValuePrinter(most);
    printer.alone(value);
    return printer.toString();
  }

  /** Writes control characters as escapes, so that a cell stays in its line. */
  private static String cell(String text) {
    boolean isPlain = text.chars().noneMatch(Character::isISOControl);
    String quoted = isPlain ? text : Spelling.quoted(text);
    return isPlain ? text : quoted.substring(1, quoted.length() - 1);
  }
}
