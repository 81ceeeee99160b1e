package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TableHead;
import dev.vantage.tsdb.format.table.TableOptions.Headers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The periods by which series are folded, by the id of the series, its group, or the name of its
 * file. Immutable.
 */
public final class Periods {
  private static final List<String> USUAL_NAMES = List.of("per", "period");

  private final Map<String, Double> periods;

  private Periods(Map<String, Double> periods) {
    this.periods = Map.copyOf(periods);
  }

  /**
   * Collects periods.
   *
   * @param periods the periods by key, in the unit of the times; copied
   * @return the periods
   */
  public static Periods of(Map<String, Double> periods) {
    Objects.requireNonNull(periods, "periods");
    return new Periods(periods);
  }

  /**
   * Reads a table like {@link #read(Path, ReadOptions, Consumer)}, with the defaults.
   *
   * @param file the file
   * @param errors receives the errors of bad rows; good rows are kept
   * @return the periods
   * @throws IOException if the file cannot be opened or read; never because of its contents
   */
  public static Periods read(Path file, Consumer<FormatError> errors) throws IOException {
    return read(file, ReadOptions.defaults(), errors);
  }

  /**
   * Reads a table like {@link #read(Path, ReadOptions, Consumer)}.
   *
   * @param file the file
   * @param column the name or the number of the column of periods
   * @param errors receives the errors of bad rows; good rows are kept
   * @return the periods
   * @throws IOException if the file cannot be opened or read; never because of its contents
   */
  public static Periods read(Path file, String column, Consumer<FormatError> errors)
      throws IOException {
    return read(file, ReadOptions.defaults().withPeriodColumn(column), errors);
  }

  /**
   * Reads a table, whose first column has the keys. The periods are in the column that is given, or
   * is called {@code Per} or {@code period} in any case, or in the second of two columns. The
   * header may be missing. A row without a period gives its key none. Cost: time and memory linear
   * in the size of the file.
   *
   * @param file the file
   * @param options the column of periods, the encoding, the separator and the mark of decimals,
   *     where they are given
   * @param errors receives the errors of bad rows; good rows are kept
   * @return the periods
   * @throws IOException if the file cannot be opened or read; never because of its contents
   */
  public static Periods read(Path file, ReadOptions options, Consumer<FormatError> errors)
      throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(errors, "errors");
    Optional<String> column = options.column(ReadOption.PERIOD_COLUMN);
    Map<String, Double> periods = new HashMap<>();
    FactFiles.read(
        file,
        options,
        Headers.WITHOUT_VALUES,
        table -> {
          int place =
              column.isPresent() ? table.head().column(column.get()) : usualColumn(table.head());
          while (table.next()) {
            try {
              put(periods, table.text(0), table.text(place), table.decimalMark());
            } catch (BadRowException e) {
              errors.accept(new FormatError(file.toString(), table.line(), e.getMessage()));
            }
          }
        },
        e -> errors.accept(new FormatError(file.toString(), e.line(), e.getMessage())));
    return new Periods(periods);
  }

  private static int usualColumn(TableHead head) throws BadFileException {
    List<String> names = head.names().orElse(List.of());
    int[] found =
        IntStream.range(0, names.size())
            .filter(i -> USUAL_NAMES.contains(names.get(i).toLowerCase(Locale.ROOT)))
            .toArray();
    if (found.length == 1) {
      return found[0];
    }
    if (found.length == 0 && head.width() == 2) {
      return 1;
    }
    throw new BadFileException(
        head.line(),
        "header must have one column Per or period, unless another is named: header="
            + Numbers.quote(String.join(",", names))
            + "; hint: --period-column");
  }

  /**
   * Finds a period.
   *
   * @param key the id of a series, its group, or the name of its file
   * @return the period, or empty if it is unknown
   */
  public OptionalDouble periodOf(String key) {
    Objects.requireNonNull(key, "key");
    Double period = periods.get(key);
    return period == null ? OptionalDouble.empty() : OptionalDouble.of(period);
  }

  /** {@return the number of keys that have a period} */
  public int size() {
    return periods.size();
  }

  /** {@return how many periods there are} */
  @Override
  public String toString() {
    return "Periods[keys=" + size() + "]";
  }

  private static void put(Map<String, Double> periods, String name, String text, DecimalMark mark)
      throws BadRowException {
    if (Numbers.isMissing(text)) {
      return;
    }
    double period = Numbers.parse(text, mark, () -> "period");
    if (!(period > 0)) {
      throw new BadRowException("period must be greater than 0: period=" + period);
    }
    if (periods.putIfAbsent(name, period) != null) {
      throw new BadRowException(
          "name must be given once, the first counts: name=" + Numbers.quote(name));
    }
  }
}
