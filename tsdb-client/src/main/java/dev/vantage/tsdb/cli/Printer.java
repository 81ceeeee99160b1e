package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Prints answers. What cannot be printed because nobody reads any more is dropped. */
final class Printer {
  private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private final OutputFormat format;
  private final PrintWriter out;

  Printer(OutputFormat format, PrintWriter out) {
    this.format = format;
    this.out = out;
  }

  void print(Answer answer) {
    try {
      switch (format) {
        case JSON -> printJson(answer.payload());
        case CSV -> printCsv(answer.exact());
        case TABLE -> printReadable(answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
  }

  private void printJson(Object payload) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    mapper.configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);
    mapper.writeValue(out, payload);
    out.print('\n');
  }

  private void printCsv(Table table) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CSV);
    csv.printRecord(table.header());
    while (table.rows().hasNext() && !out.checkError()) {
      csv.printRecord(table.rows().next());
    }
  }

  private void printReadable(Answer answer) {
    answer.readable().ifPresent(this::printTable);
    answer.notes().forEach(note -> out.print(note + "\n"));
  }

  private void printTable(Table table) {
    if (table.header().size() == 1) {
      printColumn(table);
    } else {
      printAligned(table);
    }
  }

  /** A single column needs no widths, so that any number of rows can pass. */
  private void printColumn(Table table) {
    out.print(table.header().get(0) + "\n");
    while (table.rows().hasNext() && !out.checkError()) {
      out.print(table.rows().next().get(0) + "\n");
    }
  }

  private void printAligned(Table table) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.header());
    table.rows().forEachRemaining(lines::add);
    int[] widths = new int[table.header().size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    for (List<String> line : lines) {
      out.print(aligned(line, widths) + "\n");
    }
  }

  private static String aligned(List<String> line, int[] widths) {
    StringBuilder text = new StringBuilder();
    Iterator<String> cells = line.iterator();
    for (int column = 0; cells.hasNext(); column++) {
      String cell = cells.next();
      text.append(cell);
      if (cells.hasNext()) {
        text.append(" ".repeat(widths[column] - cell.length() + 2));
      }
    }
    return text.toString();
  }
}
