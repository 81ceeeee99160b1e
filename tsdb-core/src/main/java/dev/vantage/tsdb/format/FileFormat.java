package dev.vantage.tsdb.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/**
 * The formats of files that series are read from. All are text in UTF-8, with or without a byte
 * order mark, with lines ended by LF or CRLF; blank lines are ignored.
 *
 * <p>Numbers are decimal and finite, such as {@code -12}, {@code 0.5} or {@code 1.5e-3}. A file
 * without data, bytes that are not UTF-8 and lines of more than 64 MiB are errors; the latter two
 * end the reading. A row without an id of its own is called {@code <name>-<row>}, where the name is
 * usually the file's without its extension, and the row is counted from 1 over all rows of data,
 * good or bad.
 *
 * <p>Reading takes time linear in the size of the file. Of wide and ts files only a row is held in
 * memory at a time. Thread-safe: calls share nothing but what they are given.
 */
public enum FileFormat {
  /**
   * One series a file: a time and a value in each line, separated by any of space, tab, comma and
   * semicolon. What follows a {@code #} is a comment, and the first line may be a header: one in
   * which nothing is a number. The id is the name. One bad line refuses the file; the first 20 are
   * named.
   */
  COLUMNS("columns", options -> new ColumnsReader()),

  /**
   * One series a row: an id, a label or nothing, as {@link ReadOptions#firstColumn()} says, then
   * evenly spaced values. A row with a tab is separated by tabs, else one with a comma by commas,
   * else any number of spaces separates. Rows may have different lengths.
   */
  WIDE("wide", options -> new WideReader(options.firstColumn())),

  /**
   * The format of the aeon and sktime toolkits, as far as a series in it is univariate, without
   * time stamps and without missing values. A class label or target becomes the text attribute
   * {@code label}.
   */
  TS("ts", options -> new TsReader()),

  /**
   * Comma-separated values with named columns, of which {@link ReadOptions#lightCurve()} picks
   * time, value, and perhaps a group. Each group is a series {@code <name>_<group>}, with the group
   * as an attribute ({@link LightCurveColumns#groupAttribute}); without groups the file is the
   * series {@code <name>}. A bad row refuses its group, or the file where the group cannot be told;
   * the first 20 are named. The points of the file are held in memory.
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
   * @throws IllegalArgumentException if there is none
   */
  public static FileFormat ofLabel(String label) {
    for (FileFormat format : values()) {
      if (format.label.equals(label.toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "format must be columns, wide, ts or light-curve: format=" + label);
  }

  /**
   * The format that a file most likely has.
   *
   * @param file a path that ends in the file's name
   * @return {@link #TS} for names that end in {@code .ts}, else {@link #COLUMNS}
   */
  public static FileFormat ofFileName(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".ts") ? TS : COLUMNS;
  }

  /**
   * What rows without an id are called after.
   *
   * @param file a path that ends in the file's name
   * @return the file's name up to its last dot; all of it, where that is the only one and comes
   *     first
   */
  public static String nameOf(Path file) {
    return Source.nameOf(file);
  }

  /**
   * Reads a file to its end.
   *
   * @param file the file
   * @param options how to read it
   * @param sink takes the series and the errors
   * @throws IOException if the file cannot be opened or read; never for what is in it
   */
  public void read(Path file, ReadOptions options, SeriesSink sink) throws IOException {
    try (InputStream in = Source.open(file)) {
      read(in, file.toString(), nameOf(file), options, sink);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param in the bytes; not closed, and read in large pieces
   * @param file what errors call the stream
   * @param name what ids are made of
   * @param options how to read it
   * @param sink takes the series and the errors
   * @throws IOException if the stream cannot be read; never for what is in it
   */
  public void read(InputStream in, String file, String name, ReadOptions options, SeriesSink sink)
      throws IOException {
    Output output = new Output(file, sink);
    try {
      readers.apply(options).read(Source.of(in, name, options.progress()), output);
    } catch (BadFileException e) {
      output.reject(e.line(), e.getMessage());
    }
  }
}
