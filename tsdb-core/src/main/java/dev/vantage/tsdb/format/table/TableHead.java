package dev.vantage.tsdb.format.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The columns of a table: their names, if there is a header, and their number. Immutable.
 *
 * @param names the names, or empty without a header
 * @param width how many columns there are
 * @param line the line of the header, or of the first row
 */
public record TableHead(Optional<List<String>> names, int width, long line) {
  private static final String LAST = "last";
  private static final int MOST_DIGITS = 9;

  /** Returns the first columns. */
  TableHead withWidth(int fewer) {
    return fewer == width
        ? this
        : new TableHead(names.map(all -> all.subList(0, Math.min(fewer, all.size()))), fewer, line);
  }

  /**
   * Finds a column.
   *
   * @param wanted its name in the header, in any case if that is clear, or its number from 1, or
   *     {@code last}
   * @return its index, from 0
   */
  public int column(String wanted) throws BadFileException {
    OptionalInt named = named(wanted);
    if (named.isPresent()) {
      return named.getAsInt();
    }
    if (wanted.equalsIgnoreCase(LAST)) {
      return width - 1;
    }
    OptionalInt number = number(wanted);
    if (number.isPresent() && (names.isEmpty() || occurrences(wanted, false).length == 0)) {
      return numbered(number.getAsInt());
    }
    throw new BadFileException(line, problem(wanted));
  }

  /** Finds a column by exactly its name. */
  public int exactly(String name) throws BadFileException {
    int[] found = occurrences(name, false);
    if (found.length != 1) {
      throw new BadFileException(line, problem(name));
    }
    return found[0];
  }

  private int numbered(int number) throws BadFileException {
    if (number < 1 || number > width) {
      throw new BadFileException(line, "column must be from 1 to " + width + ": column=" + number);
    }
    return number - 1;
  }

  /** Returns a whole number of up to 9 digits. */
  public static OptionalInt number(String wanted) {
    boolean isNumber =
        !wanted.isEmpty()
            && wanted.length() <= MOST_DIGITS
            && wanted.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? OptionalInt.of(Integer.parseInt(wanted)) : OptionalInt.empty();
  }

  /** Finds a column by its name, in any case if that is clear. */
  public OptionalInt named(String wanted) {
    int[] exact = occurrences(wanted, false);
    if (exact.length == 1) {
      return OptionalInt.of(exact[0]);
    }
    int[] inAnyCase = occurrences(wanted, true);
    return exact.length == 0 && inAnyCase.length == 1
        ? OptionalInt.of(inAnyCase[0])
        : OptionalInt.empty();
  }

  private int[] occurrences(String wanted, boolean inAnyCase) {
    List<String> all = names.orElse(List.of());
    return IntStream.range(0, all.size())
        .filter(i -> inAnyCase ? all.get(i).equalsIgnoreCase(wanted) : all.get(i).equals(wanted))
        .toArray();
  }

  private String problem(String wanted) {
    if (names.isEmpty()) {
      return "file must have a header that names the column: column="
          + Numbers.quote(wanted)
          + ", header=none; hint: columns have numbers, from 1";
    }
    int[] found = occurrences(wanted, false);
    return "header must name the column once: column="
        + Numbers.quote(wanted)
        + ", times named="
        + found.length
        + ", header="
        + Numbers.quote(String.join(",", names.get()))
        + (found.length > 1 ? "; hint: the first one is column " + (found[0] + 1) : "");
  }

  /** Returns how messages name a column: its name, else its number, from 1. */
  public String label(int column) {
    return names
        .filter(all -> column < all.size() && !all.get(column).isEmpty())
        .map(all -> Numbers.shown(all.get(column)))
        .orElse(Integer.toString(column + 1));
  }

  /** Returns the name of a column without a unit in brackets, in lower case; empty without one. */
  public String plainName(int column) {
    return names.filter(all -> column < all.size()).map(all -> plain(all.get(column))).orElse("");
  }

  /** Returns what names a column in a command: its label, in quotes where a shell needs these. */
  public String argument(int column) {
    String label = label(column);
    return label.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c))
        ? label
        : "'" + label + "'";
  }

  /** Returns a name without a unit in brackets, in lower case. */
  static String plain(String name) {
    int round = name.indexOf('(');
    int square = name.indexOf('[');
    int end = round < 0 ? square : square < 0 ? round : Math.min(round, square);
    return FieldSplitter.strip((end < 0 ? name : name.substring(0, end)).toLowerCase(Locale.ROOT));
  }
}
