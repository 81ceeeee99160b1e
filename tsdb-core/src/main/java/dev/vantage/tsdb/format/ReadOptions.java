package dev.vantage.tsdb.format;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.Separator;
import dev.vantage.tsdb.format.table.TableOptions;
import dev.vantage.tsdb.format.table.TableOptions.Comments;
import dev.vantage.tsdb.format.table.TableOptions.Headers;
import dev.vantage.tsdb.format.table.TableOptions.Lengths;
import dev.vantage.tsdb.series.InvalidSeriesException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * How to read a file. Immutable.
 *
 * <p>Columns are given by their name in the header, in any case if that is clear, by their number
 * from 1, or as {@code last}. Options that are not given follow from the first lines of the file.
 */
public final class ReadOptions {
  /** The value of an option that says that a file has no such column. */
  public static final String NONE = "none";

  private static final ReadOptions DEFAULTS =
      new ReadOptions(new EnumMap<>(ReadOption.class), bytes -> {});

  private final Map<ReadOption, Object> given;
  private final LongConsumer progress;

  private ReadOptions(Map<ReadOption, Object> given, LongConsumer progress) {
    this.given = given;
    this.progress = progress;
  }

  /** {@return nothing given, progress ignored} */
  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /** {@return the options that are given; unmodifiable} */
  public Set<ReadOption> given() {
    return Collections.unmodifiableSet(given.keySet());
  }

  /**
   * Sets what separates fields.
   *
   * @param separator {@code tab}, {@code comma}, {@code semicolon}, {@code pipe}, {@code blanks},
   *     or the character itself
   * @return a copy with that separator
   * @throws IllegalArgumentException if it is none of these
   */
  public ReadOptions withSeparator(String separator) {
    Objects.requireNonNull(separator, "separator");
    return with(
        ReadOption.SEPARATOR,
        Separator.ofText(separator)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "separator must be "
                            + Arrays.stream(Separator.values())
                                .map(Separator::label)
                                .collect(Collectors.joining(", "))
                            + " or such a character: separator="
                            + separator)));
  }

  /**
   * Sets the mark of decimals.
   *
   * @param mark a point or a comma
   * @return a copy with that mark
   * @throws IllegalArgumentException if it is neither
   */
  public ReadOptions withDecimal(String mark) {
    Objects.requireNonNull(mark, "mark");
    return switch (mark) {
      case "." -> with(ReadOption.DECIMAL, DecimalMark.POINT);
      case "," -> with(ReadOption.DECIMAL, DecimalMark.COMMA);
      default -> throw new IllegalArgumentException("decimal must be . or ,: decimal=" + mark);
    };
  }

  /**
   * Sets the encoding of files without a byte order mark.
   *
   * @param encoding the encoding
   * @return a copy with that encoding
   */
  public ReadOptions withEncoding(Charset encoding) {
    Objects.requireNonNull(encoding, "encoding");
    return with(ReadOption.ENCODING, encoding);
  }

  /**
   * Skips lines at the start of a file.
   *
   * @param lines how many
   * @return a copy that skips them
   * @throws IllegalArgumentException if the number is negative
   */
  public ReadOptions withSkippedLines(int lines) {
    return with(ReadOption.SKIP_LINES, atLeast("skip-lines", 0, lines));
  }

  /**
   * Sets the column of times: numbers, or dates in ISO 8601, which become seconds since the
   * earliest one of the series.
   *
   * @param column the column, or {@link #NONE} for values at even times
   * @return a copy with that column
   */
  public ReadOptions withTime(String column) {
    Objects.requireNonNull(column, "column");
    return with(ReadOption.TIME, column);
  }

  /**
   * Sets the column of values.
   *
   * @param column the column
   * @return a copy with that column
   */
  public ReadOptions withValue(String column) {
    Objects.requireNonNull(column, "column");
    return with(ReadOption.VALUE, column);
  }

  /**
   * Sets the column of ids. In files with one point in a row, rows of one id may be anywhere.
   *
   * @param column the column, or {@link #NONE}
   * @return a copy with that column
   */
  public ReadOptions withId(String column) {
    Objects.requireNonNull(column, "column");
    return with(ReadOption.ID, column);
  }

  /**
   * Sets the column of class labels, which become the text attribute {@code label}.
   *
   * @param column the column
   * @return a copy with that column
   */
  public ReadOptions withLabel(String column) {
    Objects.requireNonNull(column, "column");
    return with(ReadOption.LABEL, column);
  }

  /**
   * Sets the meaning of the first column of a wide file: short for the column of ids or labels.
   *
   * @param column its meaning
   * @return a copy with that meaning
   */
  public ReadOptions withFirstColumn(FirstColumn column) {
    Objects.requireNonNull(column, "column");
    return with(ReadOption.FIRST_COLUMN, column);
  }

  /**
   * Splits files, or the rows of an id, into series whose ids end in {@code _<group>}. The group
   * becomes the attribute {@link #groupAttribute}.
   *
   * @param column the column, or {@link #NONE} for a file whose rows are one series, although a
   *     column looks like groups
   * @return a copy that splits
   */
  public ReadOptions withGroupBy(String column) {
    Objects.requireNonNull(column, "column");
    return with(ReadOption.GROUP_BY, column);
  }

  /**
   * Reads one series alone, and ignores all others.
   *
   * @param idOrGroup the id of the series, or its group
   * @return a copy with that choice
   */
  public ReadOptions withOnly(String idOrGroup) {
    Objects.requireNonNull(idOrGroup, "idOrGroup");
    return with(ReadOption.ONLY, idOrGroup);
  }

  /**
   * Reads attributes from columns, which in files with one point in a row say the same in all rows
   * of a series.
   *
   * @param columns the columns, by the names of the attributes that they become, in order; copied
   * @return a copy with those attributes
   */
  public ReadOptions withAttributeColumns(Map<String, String> columns) {
    Objects.requireNonNull(columns, "columns");
    return with(
        ReadOption.ATTRIBUTE_COLUMNS, Collections.unmodifiableMap(new LinkedHashMap<>(columns)));
  }

  /**
   * Says what becomes of missing values.
   *
   * @param missing what becomes of them
   * @return a copy that says so
   */
  public ReadOptions withMissing(MissingValues missing) {
    Objects.requireNonNull(missing, "missing");
    return with(ReadOption.MISSING, missing);
  }

  /**
   * Leaves rows out. To be called several times for several conditions; each drops rows.
   *
   * @param condition a condition on the columns of a row, by their names, or {@code c1}, {@code c2}
   *     and so on in a file without a header. A column that is compared with a number is a number
   *     there; a field that is not a number has no value.
   * @return a copy that leaves them out
   */
  public ReadOptions droppingIf(Condition condition) {
    Objects.requireNonNull(condition, "condition");
    List<Condition> all = new ArrayList<>(conditions());
    all.add(condition);
    return with(ReadOption.DROP_IF, List.copyOf(all));
  }

  /**
   * Folds all series by one period.
   *
   * @param period the period, in the unit of the times
   * @return a copy that folds
   * @throws InvalidSeriesException if the period is not finite and positive
   */
  public ReadOptions withPeriod(double period) {
    if (!(period > 0 && period < Double.POSITIVE_INFINITY)) {
      throw new InvalidSeriesException(
          "period must be finite and greater than 0: period=" + period);
    }
    return with(ReadOption.PERIOD, period);
  }

  /**
   * Folds series by periods from a column that says the same in all rows of a series.
   *
   * @param column the column
   * @return a copy that folds
   */
  public ReadOptions withPeriodColumn(String column) {
    Objects.requireNonNull(column, "column");
    return with(ReadOption.PERIOD_COLUMN, column);
  }

  /**
   * Folds series by periods that are known.
   *
   * @param periods the periods by series, group or file
   * @return a copy that folds
   */
  public ReadOptions withPeriods(Periods periods) {
    Objects.requireNonNull(periods, "periods");
    return with(ReadOption.PERIODS, periods);
  }

  /**
   * Cuts each series into windows of equal numbers of points. A window is called {@code
   * <id>@<row>}, after the number of its first point, from 1; its attribute {@code start} is the
   * time of that point, or its number where there are no times.
   *
   * @param points the number of points in a window, at least 2
   * @return a copy that cuts; windows follow one another, unless a step says otherwise
   * @throws IllegalArgumentException if the number is too small
   */
  public ReadOptions withWindow(int points) {
    return with(ReadOption.WINDOW, atLeast("window", 2, points));
  }

  /**
   * Sets the number of points between the starts of windows.
   *
   * @param points the number, at least 1
   * @return a copy with that step
   * @throws IllegalArgumentException if the number is too small
   */
  public ReadOptions withStep(int points) {
    return with(ReadOption.STEP, atLeast("step", 1, points));
  }

  /**
   * Chooses a dimension of series that have several.
   *
   * @param dimension its number, from 1
   * @return a copy with that choice
   * @throws IllegalArgumentException if the number is below 1
   */
  public ReadOptions withDimension(int dimension) {
    return with(ReadOption.DIMENSION, atLeast("dimension", 1, dimension));
  }

  /**
   * Sets a progress callback.
   *
   * @param watcher called repeatedly, on the reading thread, with the number of bytes read so far,
   *     as they are stored; at the end of a file that was read whole, with its size in bytes
   * @return a copy with that watcher
   */
  public ReadOptions withProgress(LongConsumer watcher) {
    Objects.requireNonNull(watcher, "watcher");
    return new ReadOptions(given, watcher);
  }

  /**
   * Returns the name of the attribute that holds the group of each series: the name of the column,
   * with an underscore if that is the name of a built-in attribute.
   *
   * @return the name, or empty if files are not split
   */
  public Optional<String> groupAttribute() {
    return column(ReadOption.GROUP_BY).map(AttributeSelection::attributeOf);
  }

  /** {@return the columns that become attributes, by the names of the attributes; unmodifiable} */
  public Map<String, String> attributeColumns() {
    @SuppressWarnings("unchecked") // set by withAttributeColumns alone
    Map<String, String> columns =
        (Map<String, String>) given.getOrDefault(ReadOption.ATTRIBUTE_COLUMNS, Map.of());
    return columns;
  }

  private static int atLeast(String name, int least, int number) {
    if (number < least) {
      throw new IllegalArgumentException(
          name + " must be >= " + least + ": " + name + "=" + number);
    }
    return number;
  }

  private ReadOptions with(ReadOption option, Object value) {
    Map<ReadOption, Object> copy = new EnumMap<>(given);
    copy.put(option, value);
    return new ReadOptions(copy, progress);
  }

  boolean has(ReadOption option) {
    return given.containsKey(option);
  }

  /** Says whether a column is given as absent. */
  boolean isNone(ReadOption option) {
    return NONE.equals(given.get(option));
  }

  /** Returns a column, or empty if it is not given, or given as absent. */
  Optional<String> column(ReadOption option) {
    return text(option).filter(text -> !text.equals(NONE));
  }

  /** Returns a text, or empty if it is not given. */
  Optional<String> text(ReadOption option) {
    return get(option, String.class);
  }

  <T> Optional<T> get(ReadOption option, Class<T> type) {
    return Optional.ofNullable(given.get(option)).map(type::cast);
  }

  List<Condition> conditions() {
    @SuppressWarnings("unchecked") // set by droppingIf alone
    List<Condition> all = (List<Condition>) given.getOrDefault(ReadOption.DROP_IF, List.of());
    return all;
  }

  OptionalDouble period() {
    return given.get(ReadOption.PERIOD) instanceof Double period
        ? OptionalDouble.of(period)
        : OptionalDouble.empty();
  }

  Charset encoding() {
    return get(ReadOption.ENCODING, Charset.class).orElse(StandardCharsets.UTF_8);
  }

  LongConsumer progress() {
    return progress;
  }

  MissingValues missing(MissingValues usual) {
    return get(ReadOption.MISSING, MissingValues.class).orElse(usual);
  }

  /** Says whether series are to be refused also where values are missing at their ends. */
  boolean refusesEnds() {
    return given.get(ReadOption.MISSING) == MissingValues.REFUSE;
  }

  int skippedLines() {
    return get(ReadOption.SKIP_LINES, Integer.class).orElse(0);
  }

  TableOptions table(Headers headers, Lengths lengths, Comments comments) {
    return new TableOptions(
        get(ReadOption.SEPARATOR, Separator.class),
        get(ReadOption.DECIMAL, DecimalMark.class),
        skippedLines(),
        headers,
        lengths,
        comments);
  }

  /** {@return the options that are given, as users write them} */
  @Override
  public String toString() {
    return given.entrySet().stream()
        .map(one -> one.getKey().option() + " " + one.getValue())
        .collect(Collectors.joining(" "));
  }
}
