package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.FirstColumn;
import dev.vantage.tsdb.format.FormatDetector;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.MissingValues;
import dev.vantage.tsdb.format.Periods;
import dev.vantage.tsdb.format.ReadOption;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.format.SeriesSink;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how files of series are read, for all verbs that read any. */
final class FileOptions {
  /** The name of standard input among files. */
  static final Path STANDARD_INPUT = Path.of("-");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      description =
          "columns, wide, ts, light-curve, long or arff; by default what the extension or "
              + "the first lines say, and a line on standard error says which it was.")
  private @Nullable String format;

  @Option(
      names = "--separator",
      paramLabel = "WHAT",
      description = "tab, comma, semicolon, pipe, blanks, or the character; by default found out.")
  private @Nullable String separator;

  @Option(
      names = "--decimal",
      paramLabel = "MARK",
      description = "The mark of decimals: . or , (by default found out).")
  private @Nullable String decimal;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description = "The encoding of files that are not UTF-8, and have no byte order mark.")
  private @Nullable String encoding;

  @Option(
      names = "--skip-lines",
      paramLabel = "N",
      description = "Leaves out the first N lines of each file.")
  private @Nullable Integer skipLines;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description =
          "The column of times, by name or number: numbers or ISO 8601 dates. none for "
              + "values at even times.")
  private @Nullable String time;

  @Option(names = "--value", paramLabel = "COLUMN", description = "The column of values.")
  private @Nullable String value;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      description =
          "The column of ids, by name or number, last or none. Where rows are points, "
              + "rows of one id may be anywhere in the file.")
  private @Nullable String id;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column of class labels, which become the text attribute label.")
  private @Nullable String label;

  @Option(
      names = "--first-column",
      paramLabel = "WHAT",
      description = "What the first column of wide files is: id, label or value (default id).")
  private @Nullable String firstColumn;

  @Option(
      names = "--group-by",
      paramLabel = "COLUMN",
      description =
          "The column that splits a file, or an id, into series <file>_<group>; none if a "
              + "column only looks like one.")
  private @Nullable String groupBy;

  @Option(
      names = "--only",
      paramLabel = "ID|GROUP",
      description = "Takes the series of this id or group alone.")
  private @Nullable String only;

  @Option(
      names = "--attribute-columns",
      paramLabel = "NAME[=COLUMN]",
      split = ",",
      description =
          "Columns that become attributes; where rows are points, they say the same in "
              + "all rows of a series. Numbers are doubles there, unless they were declared to "
              + "be longs.")
  private @Nullable List<String> attributeColumns;

  @Option(
      names = "--missing",
      paramLabel = "HOW",
      description =
          "Values that are missing: drop leaves points out (the default where rows are "
              + "points), interpolate fills them (where rows are series), refuse refuses the "
              + "series.")
  private @Nullable MissingValues missing;

  @Option(
      names = "--drop-if",
      paramLabel = "CONDITION",
      description =
          "Leaves out rows by a condition on their columns, such as 'mag >= 99 or magerr "
              + "> 1'; in files without a header these are c1, c2 and so on. May be repeated.")
  private List<String> dropIf = List.of();

  @Option(
      names = "--period",
      paramLabel = "P",
      description = "Folds the times by this period, in their unit; 1 wraps phases.")
  private @Nullable Double period;

  @Option(
      names = "--period-column",
      paramLabel = "COLUMN",
      description =
          "The column of periods, in the file of --periods or else in the files themselves.")
  private @Nullable String periodColumn;

  @Option(
      names = "--periods",
      paramLabel = "FILE",
      description = "A table of periods; its first column has ids, groups or names of files.")
  private @Nullable Path periods;

  @Option(
      names = "--window",
      paramLabel = "POINTS",
      description = "Cuts each series into windows <id>@<row> with the attribute start.")
  private @Nullable Integer window;

  @Option(
      names = "--step",
      paramLabel = "POINTS",
      description = "The points between the starts of windows (default those of a window).")
  private @Nullable Integer step;

  @Option(
      names = "--dimension",
      paramLabel = "N",
      description = "The dimension of multivariate ts files to take, from 1.")
  private @Nullable Integer dimension;

  /** The format that is given. */
  Optional<FileFormat> format() {
    try {
      return Optional.ofNullable(format).map(FileFormat::ofLabel);
    } catch (IllegalArgumentException e) {
      throw badUsage(e.getMessage());
    }
  }

  /** Returns the id or group of the one series that is chosen. */
  Optional<String> chosen() {
    return Optional.ofNullable(only);
  }

  /** Says whether any option is given. */
  boolean areGiven() {
    return format != null || periods != null || !options().given().isEmpty();
  }

  /** The first option that is given, as users write it. */
  String firstGiven() {
    return format != null
        ? "--as"
        : options().given().stream().findFirst().map(ReadOption::option).orElse("--periods");
  }

  /** Refuses, before anything is read, options that contradict one another or have no effect. */
  void check(List<Path> files) {
    Optional<FileFormat> given = format();
    ReadOptions options = options();
    boolean hasSeries =
        Stream.of(id, groupBy).anyMatch(one -> one != null && !one.equals(ReadOptions.NONE));
    if (given.equals(Optional.of(FileFormat.LONG)) && !hasSeries) {
      throw badUsage("--as long needs the column of ids: --id COLUMN");
    }
    given.ifPresent(one -> check(one, options, ""));
    if (step != null && window == null) {
      throw badUsage("--step has no effect without --window");
    }
    checkContradictions();
    if (STANDARD_INPUT.equals(periods)) {
      throw badUsage("--periods must be a file, not standard input: file=-");
    }
    if (given.isPresent()) {
      return;
    }
    for (Path file : files) {
      FormatDetector.ofFileName(file).ifPresent(named -> check(named, options, ": file=" + file));
      if (isTable(file)) {
        checkTable(file, options);
      }
    }
    boolean isAnyAble =
        Arrays.stream(FileFormat.values()).anyMatch(one -> one.useless(options).isEmpty());
    if (!isAnyAble) {
      throw badUsage(
          "no format takes all of these options: "
              + options.given().stream().map(ReadOption::option).collect(Collectors.joining(", ")));
    }
  }

  private static boolean isTable(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv)(\\.gz)?");
  }

  /** Refuses options that no table takes. */
  private void checkTable(Path file, ReadOptions options) {
    boolean isTaken =
        Stream.of(FileFormat.COLUMNS, FileFormat.WIDE)
            .anyMatch(one -> one.useless(options).isEmpty());
    if (!isTaken) {
      check(FileFormat.COLUMNS, options, ": file=" + file + "; hint: --as says what it is");
    }
  }

  private void checkContradictions() {
    checkAttributes();
    if (period != null && (periods != null || periodColumn != null)) {
      throw badUsage("--period, --periods and --period-column must not be given together");
    }
    if (ReadOptions.NONE.equals(time) && !dropIf.isEmpty()) {
      throw badUsage("--drop-if must not be beside --time none: rows without times leave no gaps");
    }
    if (firstColumn != null && (id != null || label != null)) {
      throw badUsage("--first-column is short for --id or --label, and must not be beside them");
    }
  }

  /** Refuses an attribute that two options give. */
  private void checkAttributes() {
    ReadOptions options = options();
    Map<String, String> known = new LinkedHashMap<>();
    if (label != null || "label".equalsIgnoreCase(firstColumn)) {
      giveOnce("label", label != null ? "--label" : "--first-column", known);
    }
    options.groupAttribute().ifPresent(name -> giveOnce(name, "--group-by", known));
    if (window != null) {
      giveOnce("start", "--window", known);
    }
    options.attributeColumns().keySet().stream()
        .forEach(name -> giveOnce(name, "--attribute-columns", known));
  }

  private void giveOnce(String attribute, String option, Map<String, String> known) {
    String other = known.putIfAbsent(attribute, option);
    if (other != null) {
      throw badUsage(
          "attribute must be given once: name='"
              + attribute
              + "', options="
              + option
              + " "
              + other);
    }
  }

  private void check(FileFormat one, ReadOptions options, String where) {
    Set<ReadOption> useless = one.useless(options);
    if (!useless.isEmpty()) {
      ReadOption first = useless.iterator().next();
      boolean isValue = one.uses(first) && first == ReadOption.MISSING;
      throw badUsage(
          first.option()
              + (isValue && missing != null ? " " + missing.label() : "")
              + " has no effect on "
              + one.label()
              + " files"
              + (first == ReadOption.STEP && one.uses(first) ? " without --window" : "")
              + where);
    }
  }

  /**
   * The options, with the periods from their file.
   *
   * @param errors receives the errors of bad rows of that file
   */
  ReadOptions read(Consumer<FormatError> errors) throws IOException {
    ReadOptions options = options();
    if (periods == null) {
      return options;
    }
    ReadOptions ofTable = periodColumn == null ? options : options.withPeriodColumn(periodColumn);
    return options.withPeriods(Periods.read(periods, ofTable, errors));
  }

  /**
   * Reads a file or standard input in the format of {@code --as}; without that option, in the
   * format that the contents show.
   */
  void read(Path file, ReadOptions options, SeriesSink sink) throws IOException {
    Optional<FileFormat> given = format();
    if (file.equals(STANDARD_INPUT)) {
      String name = "standard input";
      String idName = "standard-input";
      if (given.isPresent()) {
        given.get().read(System.in, name, idName, options, sink);
      } else {
        FormatDetector.read(System.in, name, idName, options, sink);
      }
    } else if (given.isPresent()) {
      given.get().read(file, options, sink);
    } else {
      FormatDetector.read(file, options, sink);
    }
  }

  /** The options, without the periods of a file. */
  private ReadOptions options() {
    try {
      return withShape(withDialect(ReadOptions.defaults()));
    } catch (IllegalArgumentException e) {
      // Others are requests that a database would refuse, too.
      throw e.getClass() == IllegalArgumentException.class ? badUsage(e.getMessage()) : e;
    }
  }

  private ReadOptions withDialect(ReadOptions begun) {
    ReadOptions options = begun;
    options = separator == null ? options : options.withSeparator(separator);
    options = decimal == null ? options : options.withDecimal(decimal);
    options = encoding == null ? options : options.withEncoding(charset(encoding));
    options = skipLines == null ? options : options.withSkippedLines(skipLines);
    options = time == null ? options : options.withTime(time);
    options = value == null ? options : options.withValue(value);
    options = id == null ? options : options.withId(id);
    options = label == null ? options : options.withLabel(label);
    options =
        firstColumn == null ? options : options.withFirstColumn(FirstColumn.ofLabel(firstColumn));
    return attributeColumns == null
        ? options
        : options.withAttributeColumns(AttributesOption.byAttribute(attributeColumns));
  }

  private ReadOptions withShape(ReadOptions begun) {
    ReadOptions options = begun;
    options = groupBy == null ? options : options.withGroupBy(groupBy);
    options = only == null ? options : options.withOnly(only);
    options = missing == null ? options : options.withMissing(missing);
    for (String condition : dropIf) {
      options = options.droppingIf(condition(condition));
    }
    options = period == null ? options : options.withPeriod(period);
    if (periods != null) {
      options = options.withPeriods(Periods.of(Map.of()));
    } else if (periodColumn != null) {
      options = options.withPeriodColumn(periodColumn);
    }
    options = window == null ? options : options.withWindow(window);
    options = step == null ? options : options.withStep(step);
    return dimension == null ? options : options.withDimension(dimension);
  }

  private static Condition condition(String text) {
    try {
      return Condition.parse(text);
    } catch (InvalidConditionException e) {
      throw new InvalidConditionException(
          e.getMessage() + "\n" + WhereOption.pointer(text, e.column()), e.column());
    }
  }

  private Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw badUsage("--encoding must be the name of an encoding, such as ISO-8859-1: " + name);
    }
  }

  private ParameterException badUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
