package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TableHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
   * Reads a table with a header, whose first column has the keys. The periods are in the column
   * called {@code Per} or {@code period} in any case, or in the second of two columns. Cost: time
   * and memory linear in the size of the file.
   *
   * @param file the file
   * @param errors receives the errors of bad rows; good rows are kept
   * @return the periods
   * @throws IOException if the file cannot be opened or read; never because of its contents
   */
  public static Periods read(Path file, Consumer<FormatError> errors) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(errors, "errors");
    return read(file, Periods::usualColumn, errors);
  }

  /**
   * Reads a table with a header, whose first column has the keys.
   *
   * @param file the file
   * @param column the name or the number of the column of periods
   * @param errors receives the errors of bad rows; good rows are kept
   * @return the periods
   * @throws IOException if the file cannot be opened or read; never because of its contents
   */
  public static Periods read(Path file, String column, Consumer<FormatError> errors)
      throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(errors, "errors");
    return read(file, head -> head.column(column), errors);
  }

  /** Finds the column of periods. */
  private interface ColumnChoice {
    int in(TableHead head) throws BadFileException;
  }

  private static Periods read(Path file, ColumnChoice choice, Consumer<FormatError> errors)
      throws IOException {
    Map<String, Double> periods = new HashMap<>();
    FactFiles.read(
        file,
        table -> {
          int column = choice.in(table.head());
          while (table.next()) {
            try {
              put(periods, table.text(0), table.text(column));
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

  private static void put(Map<String, Double> periods, String name, String text)
      throws BadRowException {
    double period = Numbers.parse(text, () -> "period");
    if (!(period > 0)) {
      throw new BadRowException("period must be greater than 0: period=" + period);
    }
    if (periods.putIfAbsent(name, period) != null) {
      throw new BadRowException(
          "name must be given once, the first counts: name=" + Numbers.quote(name));
    }
  }
}
