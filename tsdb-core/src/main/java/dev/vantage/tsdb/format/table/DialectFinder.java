package dev.vantage.tsdb.format.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the dialect of a table from its first rows. Scores each separator: +1 for a field that is a
 * number, -1 for a field that still contains another separator. Immutable.
 */
final class DialectFinder {
  private static final Pattern COMMA_DECIMAL =
      Pattern.compile("[+\\-\u2212]?[0-9]*,[0-9]+([eEdD][+\\-]?[0-9]+)?");

  /** A number that has a decimal comma or a comma behind its thousands. */
  private static final Pattern EITHER_COMMA =
      Pattern.compile("[+\\-\u2212]?[1-9][0-9]{0,2},[0-9]{3}");

  private static final Pattern POINT_DECIMAL =
      Pattern.compile("[+\\-\u2212]?[0-9]*\\.[0-9]*([eEdD][+\\-]?[0-9]+)?");
  private static final Pattern BLANK_INSIDE =
      Pattern.compile("[-+0-9.,eE\u2212]+[ \t\u00a0]+[-+0-9.,eE \t\u00a0\u2212]+");
  private static final Pattern MARK_AT_END = Pattern.compile("[;|,].*|.*[;|,]");
  private static final String SEPARATORS = "\t;|,";

  private final char quote;

  private DialectFinder(char quote) {
    this.quote = quote;
  }

  /** Finds the dialect. What is given is not looked for. */
  static Dialect find(List<String> rows, Optional<Separator> given, Optional<DecimalMark> mark)
      throws BadRowException {
    char quote = quote(rows);
    Optional<Separator> separator =
        given.isPresent() ? given : new DialectFinder(quote).separator(rows);
    DecimalMark decimal = mark.isPresent() ? mark.get() : decimalMark(rows, separator, quote);
    return new Dialect(separator, quote, decimal);
  }

  /**
   * Apostrophes are quotes if one of the first two rows has two or more fields in apostrophes and
   * no quotation mark.
   */
  private static char quote(List<String> rows) {
    boolean hasApostrophes =
        rows.stream()
            .limit(2)
            .anyMatch(
                row -> {
                  String[] parts = row.split("[,;|\t]");
                  return row.indexOf('"') < 0
                      && parts.length > 1
                      && Arrays.stream(parts)
                              .map(String::strip)
                              .filter(DialectFinder::inApostrophes)
                              .count()
                          > 1;
                });
    return hasApostrophes ? '\'' : '"';
  }

  private static boolean inApostrophes(String field) {
    return field.length() > 1 && field.startsWith("'") && field.endsWith("'");
  }

  /** Returns the separator of all rows, or empty if no one separator fits every row. */
  private Optional<Separator> separator(List<String> rows) {
    Separator best = best(rows);
    FieldSplitter splitter = new FieldSplitter(best, quote);
    boolean fits =
        rows.size() == 1 || rows.stream().allMatch(row -> fits(fields(splitter, row), best));
    return fits || !isMixed(rows) ? Optional.of(best) : Optional.empty();
  }

  /** Says whether a row has several fields, none of them with a separator left at its end. */
  private static boolean fits(List<String> fields, Separator separator) {
    return fields.size() > 1
        && (separator == Separator.TAB
            || fields.stream().noneMatch(field -> MARK_AT_END.matcher(field).matches()));
  }

  /** Says whether rows use different separators, each of them well. */
  private boolean isMixed(List<String> rows) {
    return rows.stream().map(row -> best(List.of(row))).distinct().count() > 1;
  }

  static Separator ofRow(String row, char quote) {
    return new DialectFinder(quote).best(List.of(row));
  }

  private Separator best(List<String> rows) {
    // Blanks beside tabs are parts of names.
    boolean areTabbed = !rows.isEmpty() && rows.stream().allMatch(row -> row.indexOf('\t') >= 0);
    return Arrays.stream(Separator.values())
        .filter(one -> one != Separator.BLANKS || !areTabbed)
        .max(
            Comparator.comparingInt((Separator one) -> score(rows, one))
                .thenComparingInt(one -> count(rows, one))
                .thenComparing(Comparator.comparing(Separator::ordinal).reversed()))
        .orElseThrow();
  }

  /** How many fields the first row has; blanks are separators only where there are no others. */
  private int count(List<String> rows, Separator separator) {
    FieldSplitter splitter = new FieldSplitter(separator, quote);
    int count = rows.isEmpty() ? 0 : fields(splitter, rows.get(0)).size() - 1;
    return separator == Separator.BLANKS ? Math.min(1, count) : 2 * count;
  }

  private int score(List<String> rows, Separator separator) {
    FieldSplitter splitter = new FieldSplitter(separator, quote);
    int score = 0;
    for (String row : rows) {
      for (String field : fields(splitter, row)) {
        if (isPlain(field)) {
          score++;
        } else if (holdsAnother(field)) {
          score--;
        }
      }
    }
    return score;
  }

  /** A field with a comma is in quotes where commas separate fields. */
  private static boolean isPlain(String field) {
    return !field.isEmpty()
        && (Numbers.isNumber(field, DecimalMark.POINT)
            || COMMA_DECIMAL.matcher(field).matches()
            || TimeText.isMoment(field));
  }

  private static boolean holdsAnother(String field) {
    return field.chars().anyMatch(c -> SEPARATORS.indexOf(c) >= 0)
        || BLANK_INSIDE.matcher(field).matches();
  }

  private static List<String> fields(FieldSplitter splitter, String row) {
    return splitter.split(row).orElseGet(() -> splitter.splitPlainly(row));
  }

  private static DecimalMark decimalMark(
      List<String> rows, Optional<Separator> separator, char quote) throws BadRowException {
    if (separator.isEmpty()) {
      return DecimalMark.POINT;
    }
    FieldSplitter splitter = new FieldSplitter(separator.get(), quote);
    Map<Integer, Integer> commas = new HashMap<>();
    Map<Integer, Integer> others = new HashMap<>();
    String unclear = "";
    boolean isClear = false;
    for (String row : rows) {
      List<String> fields = fields(splitter, row);
      for (int column = 0; column < fields.size(); column++) {
        String field = fields.get(column);
        if (POINT_DECIMAL.matcher(field).matches()) {
          return DecimalMark.POINT;
        }
        if (COMMA_DECIMAL.matcher(field).matches()) {
          commas.merge(column, 1, Integer::sum);
          boolean isEither = EITHER_COMMA.matcher(field).matches();
          unclear = isEither ? field : unclear;
          isClear |= !isEither;
        } else if (Numbers.isNumber(field, DecimalMark.POINT)) {
          others.merge(column, 1, Integer::sum);
        }
      }
    }
    // A single comma among whole numbers is more likely a slip of the pen.
    int counted = commas.values().stream().mapToInt(Integer::intValue).sum();
    int whole = commas.keySet().stream().mapToInt(column -> others.getOrDefault(column, 0)).sum();
    if (counted == 0 || counted < whole) {
      return DecimalMark.POINT;
    }
    if (!isClear) {
      throw new BadRowException(
          "mark of decimals must be clear: text="
              + Numbers.quote(unclear)
              + "; hint: --decimal , if the comma is the mark of decimals, --decimal . if not");
    }
    return DecimalMark.COMMA;
  }
}
