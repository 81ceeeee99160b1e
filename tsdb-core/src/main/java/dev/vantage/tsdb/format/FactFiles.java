package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.LineReader;
import dev.vantage.tsdb.format.table.Separator;
import dev.vantage.tsdb.format.table.TableOptions;
import dev.vantage.tsdb.format.table.TextLine;
import dev.vantage.tsdb.format.table.TextSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Opens tables of facts about series: periods and attributes. Thread-safe. The header says what
 * separates columns: a tab if it has one, else a comma, a semicolon or a bar, else blanks.
 */
final class FactFiles {
  private static final int SAMPLE_LINES = 50;
  private static final int SAMPLE_CHARS = 1 << 16;

  private FactFiles() {}

  /** Takes the rows of a table. */
  @FunctionalInterface
  interface TableTaker {
    void take(DataTable table) throws IOException, BadFileException;
  }

  /** Reads a table; what makes it unreadable goes to the second consumer. */
  static void read(Path file, TableTaker taker, Consumer<BadFileException> refused)
      throws IOException {
    TextSources.visit(
        file,
        StandardCharsets.UTF_8,
        bytes -> {},
        source -> {
          try {
            LineReader lines = source.lines();
            taker.take(DataTable.open(lines, TableOptions.ofFacts(separator(lines))));
          } catch (BadFileException e) {
            refused.accept(e);
          }
        });
  }

  private static Separator separator(LineReader lines) {
    String header =
        lines.peek(SAMPLE_LINES, SAMPLE_CHARS).stream()
            .map(TextLine::text)
            .filter(text -> !text.isBlank() && "#%\\".indexOf(text.strip().charAt(0)) < 0)
            .findFirst()
            .orElse("");
    return Stream.of(
            Separator.TAB, Separator.COMMA, Separator.SEMICOLON, Separator.PIPE, Separator.BLANKS)
        .filter(one -> header.indexOf(one.mark()) >= 0)
        .findFirst()
        .orElse(Separator.COMMA);
  }
}
