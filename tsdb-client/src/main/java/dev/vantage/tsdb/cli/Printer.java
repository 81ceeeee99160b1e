package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.cli.plot.VisibleText;
import dev.vantage.tsdb.protocol.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Prints answers. Drops output that cannot be written; {@link StandardOutput} records why. */
final class Printer {
  private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private final OutputFormat format;
  private final PrintWriter out;

  Printer(OutputFormat format, PrintWriter out) {
    this.format = format;
    this.out = out;
  }

  void print(VerbOutput answer) {
    switch (format) {
      case JSON -> out.print(Json.toText(answer.payload()) + "\n");
      case CSV -> printCsv(answer.exact());
      case TABLE -> printReadable(answer);
    }
    out.flush();
  }

  private void printCsv(TextTable table) {
    try {
      CSVPrinter csv = new CSVPrinter(out, CSV);
      csv.printRecord(table.header());
      while (table.rows().hasNext() && !out.checkError()) {
        csv.printRecord(table.rows().next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void printReadable(VerbOutput answer) {
    String separator = "";
    for (TextTable table : answer.readable()) {
      out.print(separator);
      printAligned(table);
      separator = "\n";
    }
    answer.notes().forEach(note -> out.print(note + "\n"));
  }

  private void printAligned(TextTable table) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(visible(table.header()));
    table.rows().forEachRemaining(row -> lines.add(visible(row)));
    int[] widths = TextTable.widths(lines);
    boolean[] right = new boolean[widths.length];
    for (int column = 0; column < widths.length; column++) {
      right[column] = table.numbers().contains(table.header().get(column));
    }
    for (List<String> line : lines) {
      out.print(aligned(line, widths, right) + "\n");
    }
  }

  private static List<String> visible(List<String> cells) {
    return cells.stream().map(VisibleText::of).toList();
  }

  private static String aligned(List<String> line, int[] widths, boolean[] right) {
    StringBuilder text = new StringBuilder();
    Iterator<String> cells = line.iterator();
    for (int column = 0; cells.hasNext(); column++) {
      String cell = cells.next();
      String padding = " ".repeat(widths[column] - VisibleText.width(cell));
      text.append(right[column] ? padding + cell : cell);
      if (cells.hasNext()) {
        text.append(right[column] ? "" : padding).append(TextTable.COLUMN_GAP);
      }
    }
    return text.toString();
  }
}
