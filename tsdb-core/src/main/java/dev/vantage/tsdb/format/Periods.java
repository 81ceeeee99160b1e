package dev.vantage.tsdb.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * The periods by which light curves are folded, by the name of the light curve's file. Immutable.
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
   * @param periods the periods by name, in the unit of the times; copied
   * @return the periods
   */
  public static Periods of(Map<String, Double> periods) {
    Objects.requireNonNull(periods, "periods");
    return new Periods(periods);
  }

  /**
   * Reads comma-separated values with a header. The first column is the name of a light curve's
   * file without its extension. Cost: time and memory linear in the size of the file.
   *
   * @param file the file
   * @param column the name of the column of periods, or empty for one called {@code Per} or {@code
   *     period} in any case
   * @param errors receives the errors of bad rows; good rows are kept
   * @return the periods
   * @throws IOException if the file cannot be opened or read; never because of its contents
   */
  public static Periods read(Path file, Optional<String> column, Consumer<FormatError> errors)
      throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(errors, "errors");
    Map<String, Double> periods = new HashMap<>();
    try (InputStream in = Source.open(file)) {
      CsvTable table = CsvTable.of(Source.of(in, Source.nameOf(file), bytes -> {}));
      int place = table.column(column.isPresent() ? column.get() : usualName(table));
      while (table.next()) {
        try {
          put(periods, table.field(0), table.field(place));
        } catch (BadRowException e) {
          errors.accept(new FormatError(file.toString(), table.line(), e.getMessage()));
        }
      }
    } catch (BadFileException e) {
      errors.accept(new FormatError(file.toString(), e.line(), e.getMessage()));
    }
    return new Periods(periods);
  }

  /**
   * Finds a period.
   *
   * @param name the name of a light curve's file, without its extension
   * @return the period, or empty if it is unknown
   */
  public OptionalDouble periodOf(String name) {
    Objects.requireNonNull(name, "name");
    Double period = periods.get(name);
    return period == null ? OptionalDouble.empty() : OptionalDouble.of(period);
  }

  /** {@return the number of names that have a period} */
  public int size() {
    return periods.size();
  }

  @Override
  public String toString() {
    return "Periods[names=" + periods.size() + "]";
  }

  private static String usualName(CsvTable table) throws BadFileException {
    List<String> found =
        table.header().stream()
            .filter(name -> USUAL_NAMES.stream().anyMatch(name::equalsIgnoreCase))
            .toList();
    if (found.size() != 1) {
      throw new BadFileException(
          table.line(),
          "header must have one column Per or period, unless another is named: header="
              + Numbers.quote(String.join(",", table.header())));
    }
    return found.get(0);
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
