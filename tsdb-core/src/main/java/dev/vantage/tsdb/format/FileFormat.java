package dev.vantage.tsdb.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * The file formats that series are read from. Thread-safe. All formats are text in UTF-8, with or
 * without a byte order mark, with lines ended by LF or CRLF; blank lines are ignored.
 *
 * <p>Numbers are decimal and finite, such as {@code -12}, {@code 0.5} or {@code 1.5e-3}. A file
 * without data, bytes that are not UTF-8 and lines of more than 64 MiB are errors; the latter two
 * end the reading. A row without an id gets the id {@code <name>-<row>}: the name is usually the
 * file's name without its extension, and rows of data are counted from 1, good or bad.
 *
 * <p>Cost: time linear in the size of the file. Wide and ts files are held in memory one row at a
 * time.
 */
public enum FileFormat {
  /**
   * One series per file: a time and a value in each line, separated by any of space, tab, comma and
   * semicolon. A {@code #} begins a comment. The first line may be a header, which contains no
   * number. The id is the name. One bad line makes the file rejected; the first 20 bad lines are
   * reported.
   */
  COLUMNS("columns", options -> new ColumnsReader()),

  /**
   * One series per row: an id, a label or nothing, as {@link ReadOptions#firstColumn()} says, then
   * evenly spaced values. The separator of a row is the tab if the row has one, else the comma if
   * it has one, else any number of spaces. Rows may have different lengths.
   */
  WIDE("wide", options -> new WideReader(options.firstColumn())),

  /**
   * The format of the aeon and sktime toolkits, limited to univariate series without time stamps
   * and without missing values. A class label or target becomes the text attribute {@code label}.
   */
  TS("ts", options -> new TsReader()),

  /**
   * Comma-separated values with named columns, of which {@link ReadOptions#lightCurve()} picks
   * time, value, and perhaps a group. Each group is a series {@code <name>_<group>}, with the group
   * as an attribute ({@link LightCurveColumns#groupAttribute}); without groups the file is the
   * series {@code <name>}. A bad row makes its group rejected, or the file if the group of the row
   * is unknown; the first 20 bad rows are reported. All points of the file are held in memory.
   */
  LIGHT_CURVE("light-curve", options -> new LightCurveReader(options.lightCurve()));

  private final String label;
  private final Function<ReadOptions, FormatReader> readers;

  FileFormat(String label, Function<ReadOptions, FormatReader> readers) {
    this.label = label;
    this.readers = readers;
  }

  /** {@return the name that users write} */
  public String label() {
    return label;
  }

  /**
   * Reads a name.
   *
   * @param label {@code columns}, {@code wide}, {@code ts} or {@code light-curve}, in any case
   * @return the format of that name
   * @throws IllegalArgumentException if no format has that name
   */
  public static FileFormat ofLabel(String label) {
    Objects.requireNonNull(label, "label");
    for (FileFormat format : values()) {
      if (format.label.equals(label.toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "format must be columns, wide, ts or light-curve: format=" + label);
  }

  /**
   * Guesses the format of a file from its name.
   *
   * @param file a path that ends in the file's name
   * @return {@link #TS} for names that end in {@code .ts}, else {@link #COLUMNS}
   */
  public static FileFormat ofFileName(Path file) {
    Objects.requireNonNull(file, "file");
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".ts") ? TS : COLUMNS;
  }

  /**
   * Returns the name from which the ids of rows without an id are made.
   *
   * @param file a path that ends in the file's name
   * @return the file's name up to its last dot; the whole name if it has no dot except at its start
   */
  public static String nameOf(Path file) {
    Objects.requireNonNull(file, "file");
    return Source.nameOf(file);
  }

  /**
   * Reads a file to its end.
   *
   * @param file the file
   * @param options how to read it
   * @param sink receives the series and the errors
   * @throws IOException if the file cannot be opened or read; never because of its contents
   */
  public void read(Path file, ReadOptions options, SeriesSink sink) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(sink, "sink");
    try (InputStream in = Source.open(file)) {
      read(in, file.toString(), nameOf(file), options, sink);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param in the bytes; not closed, and read in large pieces
   * @param file the name of the stream in errors
   * @param name the name from which ids are made
   * @param options how to read it
   * @param sink receives the series and the errors
   * @throws IOException if the stream cannot be read; never because of its contents
   */
  public void read(InputStream in, String file, String name, ReadOptions options, SeriesSink sink)
      throws IOException {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(sink, "sink");
    Output output = new Output(file, sink);
    try {
      readers.apply(options).read(Source.of(in, name, options.progress()), output);
    } catch (BadFileException e) {
      output.reject(e.line(), e.getMessage());
    }
  }
}
