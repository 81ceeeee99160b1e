package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.ColumnNames;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TableHead;
import dev.vantage.tsdb.format.table.TableOptions.Comments;
import dev.vantage.tsdb.format.table.TableOptions.Headers;
import dev.vantage.tsdb.format.table.TableOptions.Lengths;
import dev.vantage.tsdb.format.table.TextLine;
import dev.vantage.tsdb.format.table.TextSource;
import dev.vantage.tsdb.format.table.TextSources;
import dev.vantage.tsdb.format.table.TimeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads files whose format is not given. Thread-safe. The format is that of the extension {@code
 * .ts} or {@code .arff}; else it is found out from the first lines, among the formats on which all
 * given options have an effect. A file that fits none of them, or more than one, is refused with a
 * hint. The report of the file says what it was read as.
 */
public final class FormatDetector {
  private static final int SAMPLE_LINES = 500;
  private static final int SAMPLE_CHARS = 1 << 17;

  /** Rows of fewer fields may be points: an id, a time and a value. */
  private static final int FEW_FIELDS = 4;

  /** Rows of this many fields are series, although some names may be repeated. */
  private static final int MANY_FIELDS = 10;

  private final ReadOptions options;
  private final SeriesSink sink;

  private FormatDetector(ReadOptions options, SeriesSink sink) {
    this.options = options;
    this.sink = sink;
  }

  /**
   * Finds the format that the name of a file says.
   *
   * @param file a path that ends in the file's name
   * @return {@link FileFormat#TS} or {@link FileFormat#ARFF}, or empty if the name says neither
   */
  public static Optional<FileFormat> ofFileName(Path file) {
    Objects.requireNonNull(file, "file");
    return ofName(file.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", ""));
  }

  private static Optional<FileFormat> ofName(String name) {
    if (name.endsWith(".ts")) {
      return Optional.of(FileFormat.TS);
    }
    return name.endsWith(".arff") ? Optional.of(FileFormat.ARFF) : Optional.empty();
  }

  /**
   * Reads a file to its end.
   *
   * @param file the file
   * @param options how to read it
   * @param sink receives the series and the errors
   * @throws IOException if the file cannot be opened or read; never because of its contents
   */
  public static void read(Path file, ReadOptions options, SeriesSink sink) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(sink, "sink");
    TextSources.visit(
        file, options.encoding(), options.progress(), new FormatDetector(options, sink)::read);
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
  public static void read(
      InputStream in, String file, String name, ReadOptions options, SeriesSink sink)
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
        new FormatDetector(options, sink)::read);
  }

  private void read(TextSource source) throws IOException {
    FileFormat format;
    try {
      format = find(source);
    } catch (BadFileException e) {
      sink.reject(new FormatError(source.file(), e.line(), e.getMessage(), "", 1));
      return;
    }
    format.read(source, options, sink);
  }

  private FileFormat find(TextSource source) throws IOException, BadFileException {
    String name = source.fileName().toLowerCase(Locale.ROOT);
    if (FileFormat.otherKind(source).isPresent()) {
      return FileFormat.COLUMNS; // which leaves it out
    }
    Optional<FileFormat> named = ofName(name);
    if (named.isPresent()) {
      return named.get();
    }
    if (name.endsWith(".tsf")) {
      throw new BadFileException(
          1, "forecasting files (.tsf) are not read; hint: export them as ts or wide files");
    }
    Optional<FileFormat> declared = declared(source);
    if (declared.isPresent()) {
      return declared.get();
    }
    List<FileFormat> able =
        Arrays.stream(FileFormat.values())
            .filter(format -> format.useless(options).isEmpty())
            .filter(format -> format == FileFormat.COLUMNS || format == FileFormat.WIDE)
            .toList();
    if (able.isEmpty()) {
      return FileFormat.COLUMNS; // which says the options that have no effect on it
    }
    if (able.size() == 2) {
      return ofRows(source);
    }
    if (able.get(0) == FileFormat.WIDE && !options.has(ReadOption.FIRST_COLUMN)) {
      checkAreSeries(source);
    }
    return able.get(0);
  }

  /** Refuses points in a file that an option alone makes a file of series in rows. */
  private void checkAreSeries(TextSource source) throws IOException, BadFileException {
    DataTable table = ofNext(source);
    if (table.head().width() <= FEW_FIELDS
        && (hasNamedTimes(table.head()) || areTriplesOfNumbers(table))) {
      ReadOption onlyWide = FileFormat.COLUMNS.useless(options).stream().findFirst().orElseThrow();
      throw new BadFileException(
          table.head().line(),
          onlyWide.option()
              + " is for files of one series in a row, and these rows look like points: columns="
              + table.head().width()
              + "; hint: leave it out, or --as wide if they are series");
    }
  }

  /** Finds the format of a file whose first line is a declaration that begins with {@code @}. */
  private static Optional<FileFormat> declared(TextSource source) {
    List<String> declarations =
        source.lines().peek(SAMPLE_LINES, SAMPLE_CHARS).stream()
            .map(TextLine::text)
            .map(text -> text.strip().toLowerCase(Locale.ROOT))
            .filter(text -> !text.isEmpty() && !text.startsWith("#") && !text.startsWith("%"))
            .takeWhile(text -> text.startsWith("@"))
            .toList();
    if (declarations.isEmpty()) {
      return Optional.empty();
    }
    boolean isArff = declarations.stream().anyMatch(text -> text.startsWith("@attribute"));
    boolean isTs =
        declarations.stream()
            .anyMatch(
                text ->
                    text.startsWith("@data")
                        || text.startsWith("@problemname")
                        || text.startsWith("@timestamps")
                        || text.startsWith("@univariate")
                        || text.startsWith("@classlabel"));
    return isArff
        ? Optional.of(FileFormat.ARFF)
        : isTs ? Optional.of(FileFormat.TS) : Optional.empty();
  }

  private FileFormat ofRows(TextSource source) throws IOException, BadFileException {
    DataTable table = ofNext(source);
    TableHead head = table.head();
    List<List<String>> rows = table.sample();
    if (head.width() <= 2 || hasNamedTimes(head)) {
      return FileFormat.COLUMNS;
    }
    boolean isTimeValueError = isTimeValueError(table);
    if (!isTimeValueError && hasNamesAndNumbers(table)) {
      checkOneRowIsOneSeries(table);
      return FileFormat.WIDE;
    }
    if (isTimeValueError || head.names().isPresent() || isTimed(rows)) {
      return FileFormat.COLUMNS; // which says what it needs, if it is told too little
    }
    throw new BadFileException(
        head.line(),
        "format must be clear: columns="
            + head.width()
            + ", header=none; hint: "
            + wideHint(table)
            + " for one series in a row, or --as columns --time 1 --value 2 for one point in a row");
  }

  /** Returns the options for rows that may begin or end with a class label. */
  private static String wideHint(DataTable table) {
    List<List<String>> rows = table.sample();
    int last = table.head().width() - 1;
    boolean isFirst = WideColumns.mayBeLabels(rows.stream().map(row -> row.get(0)).toList());
    boolean isLast =
        rows.stream().allMatch(row -> row.size() == last + 1)
            && WideColumns.mayBeLabels(rows.stream().map(row -> row.get(last)).toList());
    String label =
        isFirst ? "--as wide --label 1" : isLast ? "--as wide --label last" : "--as wide --id none";
    return isFirst || isLast
        ? label + " (class labels) or --as wide --id none (values alone)"
        : label;
  }

  private DataTable ofNext(TextSource source) throws IOException, BadFileException {
    return DataTable.open(
        source.lines().ofNext(SAMPLE_LINES, SAMPLE_CHARS),
        options.table(Headers.WITHOUT_NUMBERS, Lengths.ANY, Comments.LINES_AND_ENDS));
  }

  /** Says whether rows are times, values and errors: three numbers, the first with decimals. */
  private static boolean isTimeValueError(DataTable table) {
    return areTriplesOfNumbers(table)
        && table.sample().stream().allMatch(row -> hasDecimals(row.get(0), table));
  }

  /** Says whether there is no header and each row is three fields, the first a number. */
  private static boolean areTriplesOfNumbers(DataTable table) {
    return table.head().names().isEmpty()
        && table.head().width() == 3
        && table.sample().stream()
            .allMatch(row -> row.size() == 3 && Numbers.isNumber(row.get(0), table.decimalMark()));
  }

  private static boolean hasNamedTimes(TableHead head) {
    return IntStream.range(0, head.width()).mapToObj(head::plainName).anyMatch(ColumnNames::isTime);
  }

  /** Says whether every row is a name, and then numbers, except for class labels. */
  private static boolean hasNamesAndNumbers(DataTable table) {
    List<List<String>> rows = table.sample();
    Optional<Integer> label = WideColumns.namedLabel(table.head());
    return !rows.isEmpty()
        && rows.stream()
            .allMatch(
                row ->
                    row.size() > 2
                        && !Numbers.isNumeric(row.get(0), table.decimalMark())
                        && !TimeText.isMoment(row.get(0))
                        && IntStream.range(1, row.size())
                            .filter(column -> !label.equals(Optional.of(column)))
                            .mapToObj(row::get)
                            .allMatch(
                                field ->
                                    Numbers.isMissing(field)
                                        || Numbers.isNumber(field, table.decimalMark())));
  }

  private static boolean hasDecimals(String field, DataTable table) {
    char mark = table.decimalMark() == DecimalMark.COMMA ? ',' : '.';
    return field.indexOf(mark) >= 0 && Numbers.isNumber(field, table.decimalMark());
  }

  /** Refuses rows of a name and a few numbers, which may also be the points of several series. */
  private static void checkOneRowIsOneSeries(DataTable table) throws BadFileException {
    TableHead head = table.head();
    List<List<String>> rows = table.sample();
    int width = rows.stream().mapToInt(List::size).max().orElse(0);
    long names = rows.stream().map(row -> row.get(0)).distinct().count();
    boolean isRepeated = names < rows.size() && (width < MANY_FIELDS || names <= rows.size() / 2);
    boolean areFew = width < FEW_FIELDS && !areNumbered(head);
    if (isRepeated || areFew) {
      throw new BadFileException(
          head.line(),
          "format must be clear: columns="
              + head.width()
              + ", first="
              + Numbers.quote(rows.get(0).get(0))
              + "; hint: --as long --id 1 --time 2 --value 3 for one point in a row, --as wide --id"
              + " 1 or --as wide --label 1 for one series in a row");
    }
  }

  /**
   * Says whether all names behind the first one are numbered, such as {@code t0} and {@code t1}.
   */
  private static boolean areNumbered(TableHead head) {
    Optional<Integer> label = WideColumns.namedLabel(head);
    return head.names().isPresent()
        && IntStream.range(1, head.width())
            .filter(column -> !label.equals(Optional.of(column)))
            .mapToObj(head::label)
            .allMatch(name -> Character.isDigit(name.charAt(name.length() - 1)));
  }

  private static boolean isTimed(List<List<String>> rows) {
    return rows.stream().flatMap(List::stream).anyMatch(TimeText::isMoment);
  }
}
