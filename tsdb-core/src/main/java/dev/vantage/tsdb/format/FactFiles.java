package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.LineReader;
import dev.vantage.tsdb.format.table.Separator;
import dev.vantage.tsdb.format.table.TableOptions;
import dev.vantage.tsdb.format.table.TableOptions.Headers;
import dev.vantage.tsdb.format.table.TextLine;
import dev.vantage.tsdb.format.table.TextSources;
import java.io.IOException;
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

  /** Reads a table; passes the reason to {@code refused} if the table cannot be read. */
  static void read(
      Path file,
      ReadOptions options,
      Headers headers,
      TableTaker taker,
      Consumer<BadFileException> refused)
      throws IOException {
    TextSources.visit(
        file,
        options.encoding(),
        bytes -> {},
        source -> {
          try {
            LineReader lines = source.lines();
            TableOptions how =
                TableOptions.ofFacts(separator(lines, options), decimal(options), headers);
            taker.take(DataTable.open(lines, how));
          } catch (BadFileException e) {
            refused.accept(e);
          }
        });
  }

  /** A mark that is given for the files of series may be that of their tables of facts, too. */
  private static DecimalMark decimal(ReadOptions options) {
    return options.get(ReadOption.DECIMAL, DecimalMark.class).orElse(DecimalMark.POINT);
  }

  private static Separator separator(LineReader lines, ReadOptions options) {
    String header =
        lines.peek(SAMPLE_LINES, SAMPLE_CHARS).stream()
            .map(TextLine::text)
            .filter(text -> !text.isBlank() && "#%\\;".indexOf(text.strip().charAt(0)) < 0)
            .findFirst()
            .orElse("");
    Stream<Separator> given = options.get(ReadOption.SEPARATOR, Separator.class).stream();
    Stream<Separator> usual =
        Stream.of(
            Separator.TAB, Separator.COMMA, Separator.SEMICOLON, Separator.PIPE, Separator.BLANKS);
    return Stream.concat(given, usual)
        .filter(one -> header.indexOf(one.mark()) >= 0)
        .findFirst()
        .orElse(Separator.COMMA);
  }
}
