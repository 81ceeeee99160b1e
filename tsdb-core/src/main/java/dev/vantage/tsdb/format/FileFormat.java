package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.TableOptions.Comments;
import dev.vantage.tsdb.format.table.TextSource;
import dev.vantage.tsdb.format.table.TextSources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The file formats that series are read from. Thread-safe. All formats are text, in UTF-8 or UTF-16
 * with a byte order mark, or in another encoding that is given; with lines ended by LF, CRLF or CR;
 * perhaps packed by gzip or zip. Blank lines and lines that begin with {@code #}, {@code %}, or
 * {@code ;} where that separates nothing, are ignored.
 *
 * <p>Numbers are decimal and finite, such as {@code -12}, {@code 0.5} or {@code 1.5e-3}. What
 * separates fields, quotes, the mark of decimals and the header are found out from the first lines.
 * A file without data, bytes that cannot be decoded and lines of more than 64 MiB are errors; the
 * latter two end the reading. A row without an id gets the id {@code <name>-<row>}: the name is
 * usually the file's name without its extension, and rows of data are counted from 1, good or bad.
 *
 * <p>Cost: time linear in the size of the file. Files with one series in a row are held in memory
 * one row at a time, files with one point in a row as a whole.
 */
public enum FileFormat {
  /**
   * One point in each row: a time and a value. Two columns need no names; among more, they are
   * given, or found by their usual names. The id is the name of the file. A bad row refuses its
   * series; the first 20 bad rows are reported. A {@code #} after a blank begins a comment.
   */
  COLUMNS(
      "columns",
      options ->
          new PointsReader("columns", PointColumns.Usual.TWO, Comments.LINES_AND_ENDS, options),
      pointOptions()),

  /**
   * One series in each row: an id, a label or nothing, then evenly spaced values. Rows may have
   * different lengths.
   */
  WIDE(
      FileFormat.WIDE_LABEL,
      WideReader::new,
      EnumSet.of(
          ReadOption.SEPARATOR,
          ReadOption.DECIMAL,
          ReadOption.ID,
          ReadOption.LABEL,
          ReadOption.FIRST_COLUMN,
          ReadOption.ATTRIBUTE_COLUMNS)),

  /**
   * The format of the aeon and sktime toolkits: one series in each row, with or without times. Of
   * several dimensions one is chosen. A class label or target becomes the text attribute {@code
   * label}.
   */
  TS("ts", TsReader::new, EnumSet.of(ReadOption.PERIOD, ReadOption.PERIODS, ReadOption.DIMENSION)),

  /**
   * One point in each row, like {@link #COLUMNS}, in columns called {@code time} and {@code mag}.
   */
  LIGHT_CURVE(
      "light-curve",
      options ->
          new PointsReader("light-curve", PointColumns.Usual.TIME_AND_MAG, Comments.LINES, options),
      pointOptions()),

  /** One point in each row, with a column of ids. Rows of one id may be anywhere in the file. */
  LONG(
      "long",
      options -> new PointsReader("long", PointColumns.Usual.TWO, Comments.LINES, options),
      pointOptions()),

  /** The format of the Weka toolkit, with numeric attributes and at most one nominal class. */
  ARFF("arff", ArffReader::new, EnumSet.noneOf(ReadOption.class));

  static final String WIDE_LABEL = "wide";

  private final String label;
  private final Function<ReadOptions, FormatReader> readers;
  private final Set<ReadOption> used;

  FileFormat(String label, Function<ReadOptions, FormatReader> readers, Set<ReadOption> own) {
    this.label = label;
    this.readers = readers;
    this.used = EnumSet.copyOf(own);
    used.addAll(
        EnumSet.of(
            ReadOption.ENCODING,
            ReadOption.SKIP_LINES,
            ReadOption.ONLY,
            ReadOption.MISSING,
            ReadOption.WINDOW,
            ReadOption.STEP));
  }

  private static Set<ReadOption> pointOptions() {
    return EnumSet.of(
        ReadOption.SEPARATOR,
        ReadOption.DECIMAL,
        ReadOption.TIME,
        ReadOption.VALUE,
        ReadOption.ID,
        ReadOption.LABEL,
        ReadOption.GROUP_BY,
        ReadOption.ATTRIBUTE_COLUMNS,
        ReadOption.DROP_IF,
        ReadOption.PERIOD,
        ReadOption.PERIOD_COLUMN,
        ReadOption.PERIODS);
  }

  /** {@return the name that users write} */
  public String label() {
    return label;
  }

  /**
   * Says whether an option has an effect on files of this format.
   *
   * @param option the option
   * @return whether it has
   */
  public boolean uses(ReadOption option) {
    Objects.requireNonNull(option, "option");
    return used.contains(option);
  }

  /**
   * Says whether rows of this format are points, rather than series.
   *
   * @return whether they are
   */
  public boolean hasPointsInRows() {
    return used.contains(ReadOption.TIME);
  }

  /**
   * Returns the given options that have no effect on this format, or whose value has none.
   *
   * @param options the options
   * @return the useless ones
   */
  public Set<ReadOption> useless(ReadOptions options) {
    Objects.requireNonNull(options, "options");
    Set<ReadOption> useless = EnumSet.noneOf(ReadOption.class);
    options.given().stream().filter(option -> !uses(option)).forEach(useless::add);
    MissingValues other = hasPointsInRows() ? MissingValues.INTERPOLATE : MissingValues.DROP;
    if (options.missing(MissingValues.REFUSE) == other) {
      useless.add(ReadOption.MISSING);
    }
    options.given().stream()
        .filter(option -> options.isNone(option) && !takesNone(option, options))
        .forEach(useless::add);
    if (options.has(ReadOption.STEP) && !options.has(ReadOption.WINDOW)) {
      useless.add(ReadOption.STEP);
    }
    return useless;
  }

  /** Says whether it makes a difference that a file has no such column. */
  private boolean takesNone(ReadOption option, ReadOptions options) {
    return switch (option) {
      case ID -> this != LONG || options.column(ReadOption.GROUP_BY).isPresent();
      case GROUP_BY, TIME -> true;
      case LABEL -> this == WIDE;
      default -> option == ReadOption.ONLY;
    };
  }

  /**
   * Reads a name.
   *
   * @param label {@code columns}, {@code wide}, {@code ts}, {@code light-curve}, {@code long} or
   *     {@code arff}, in any case
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
    String last = ARFF.label;
    throw new IllegalArgumentException(
        "format must be "
            + Arrays.stream(values())
                .map(FileFormat::label)
                .filter(name -> !name.equals(last))
                .collect(Collectors.joining(", "))
            + " or "
            + last
            + ": format="
            + label);
  }

  /**
   * Returns the name from which the ids of rows without an id are made.
   *
   * @param file a path that ends in the file's name
   * @return the file's name up to its last dot, which {@code .gz} does not count as; the whole name
   *     if it has no dot except at its start
   */
  public static String nameOf(Path file) {
    Objects.requireNonNull(file, "file");
    return TextSources.nameOf(file);
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
    TextSources.visit(
        file, options.encoding(), options.progress(), source -> read(source, options, sink));
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
    TextSources.visit(
        in,
        file,
        name,
        options.encoding(),
        options.progress(),
        source -> read(source, options, sink));
  }

  void read(TextSource source, ReadOptions options, SeriesSink sink) throws IOException {
    Output output = new Output(source.file(), options, sink);
    Optional<String> otherKind = otherKind(source);
    if (otherKind.isPresent()) {
      output.note("files in archives left out (" + otherKind.get() + ")");
      output.finish();
      return;
    }
    try {
      Set<ReadOption> useless = useless(options);
      if (!useless.isEmpty()) {
        throw new BadFileException(1, uselessReason(useless));
      }
      readers.apply(options).read(source, output);
    } catch (BadFileException e) {
      output.reject(e.line(), e.getMessage(), "", 1);
    }
    output.finish();
  }

  /** Returns the extension of a member of an archive that holds no series. */
  static Optional<String> otherKind(TextSource source) {
    return source.isMember() ? OtherFiles.extension(source.fileName()) : Optional.empty();
  }

  private String uselessReason(Set<ReadOption> useless) {
    return "options must have an effect on files of format "
        + label
        + ": options="
        + useless.stream().map(ReadOption::option).collect(Collectors.joining(" "));
  }
}
