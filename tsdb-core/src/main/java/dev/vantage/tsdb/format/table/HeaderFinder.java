package dev.vantage.tsdb.format.table;

import dev.vantage.tsdb.format.table.TableOptions.Headers;
import dev.vantage.tsdb.format.table.TableOptions.Lengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the header of a table in its first rows. Immutable. */
final class HeaderFinder {
  private static final int MOST_UNIT_ROWS = 2;

  private final RowSplitter splitter;
  private final TableOptions options;

  HeaderFinder(RowSplitter splitter, TableOptions options) {
    this.splitter = splitter;
    this.options = options;
  }

  /**
   * The header of a table.
   *
   * @param head the columns
   * @param text the row that names them; empty if no row does
   * @param unitRows how many rows of units follow
   */
  record Header(TableHead head, Optional<String> text, int unitRows) {}

  /**
   * Finds the header.
   *
   * @param rows the first rows, at least 1
   * @param line the line of the first row
   * @param comment the last comment before it, which may name the columns
   */
  Header find(List<String> rows, long line, String comment) {
    List<String> top = namesOfColumns(rows);
    if (!splitter.hasFixedWidths() && !isHeader(top, rows.size() > 1)) {
      return new Header(
          new TableHead(commentedHeader(comment, top.size()), top.size(), line),
          Optional.empty(),
          0);
    }
    int width = rows.size() > 1 ? splitter.split(rows.get(1)).texts().size() : top.size();
    boolean isAsWide = top.size() == width || options.lengths() != Lengths.EQUAL;
    TableHead head =
        splitter.hasFixedWidths() || isAsWide
            ? new TableHead(Optional.of(names(top)), top.size(), line)
            : headOfOtherWidth(rows.get(0), top, width, line);
    return new Header(head, Optional.of(rows.get(0)), countUnitRows(rows));
  }

  /**
   * Returns the fields of the first row, without the name of a clock column that is joined to its
   * date.
   */
  private List<String> namesOfColumns(List<String> rows) {
    List<String> top = splitter.split(rows.get(0)).texts();
    if (splitter.hasFixedWidths() || rows.size() < 2 || !splitter.separatesAtBlanks()) {
      return top;
    }
    List<String> fields = splitter.splitPlainly(rows.get(1)).texts();
    OptionalInt clock = Clocks.find(fields);
    if (clock.isEmpty() || fields.size() != top.size()) {
      return top;
    }
    List<String> names = new ArrayList<>(top);
    names.remove(clock.getAsInt());
    return names;
  }

  /**
   * Clears numeric names in the header of wide rows, because a number means the position of a
   * column.
   */
  private List<String> names(List<String> top) {
    boolean areNames = options.headers() != Headers.WITHOUT_VALUES;
    return top.stream()
        .map(
            name ->
                areNames || Numbers.finite(name, splitter.dialect().decimalMark()).isEmpty()
                    ? name
                    : "")
        .toList();
  }

  /**
   * Returns the columns of a table whose header has other separators than its rows, or blanks in
   * its names.
   */
  private TableHead headOfOtherWidth(String header, List<String> top, int width, long line) {
    for (Separator one : Separator.values()) {
      List<String> names = new FieldSplitter(one, splitter.dialect().quote()).splitPlainly(header);
      if (names.size() == width && one != Separator.BLANKS) {
        return new TableHead(Optional.of(names), width, line);
      }
    }
    boolean areBlanksInNames = width == 2 && splitter.separatesAtBlanks();
    return areBlanksInNames
        ? new TableHead(Optional.empty(), width, line)
        : new TableHead(Optional.of(List.copyOf(top)), top.size(), line);
  }

  private boolean isHeader(List<String> top, boolean hasMore) {
    return switch (options.headers()) {
      case FIRST_ROW -> true;
      case WITHOUT_NUMBERS -> !top.stream().anyMatch(splitter::isData) && hasLetter(top);
      case WITHOUT_VALUES -> isHeaderOfValues(top, hasMore);
    };
  }

  private static boolean hasLetter(List<String> row) {
    return row.stream().anyMatch(field -> field.codePoints().anyMatch(Character::isLetter));
  }

  /** Numbers are names of columns in a row of usual names for keys, and numbers in even steps. */
  private boolean isHeaderOfValues(List<String> top, boolean hasMore) {
    List<String> rest = top.subList(1, top.size());
    if (rest.isEmpty()) {
      return false;
    }
    return rest.stream().noneMatch(splitter::isData) && hasLetter(rest)
        || hasMore && ColumnNames.areScale(top, splitter.dialect().decimalMark());
  }

  private int countUnitRows(List<String> rows) {
    int count = 0;
    while (!splitter.hasFixedWidths()
        && options.headers() == Headers.WITHOUT_NUMBERS
        && count < MOST_UNIT_ROWS
        && count + 2 < rows.size()
        && ColumnNames.areUnits(splitter.split(rows.get(count + 1)).texts())) {
      count++;
    }
    return count;
  }

  /**
   * The names in the last comment before the first row, if it has as many words as the row, and no
   * word of prose. Two words may be any comment, unless they are usual names.
   */
  private Optional<List<String>> commentedHeader(String comment, int width) {
    String words = comment.strip().replaceFirst("^[#%;]+", "").strip();
    if (words.isEmpty() || width < 2 || options.headers() != Headers.WITHOUT_NUMBERS) {
      return Optional.empty();
    }
    List<String> names = splitter.split(words).texts();
    boolean isHeader =
        names.size() == width
            && names.stream().noneMatch(splitter::isData)
            && names.stream().noneMatch(ColumnNames::isProse)
            && (width > 2 || names.stream().allMatch(HeaderFinder::isUsual));
    return isHeader ? Optional.of(List.copyOf(names)) : Optional.empty();
  }

  private static boolean isUsual(String name) {
    String plain = TableHead.plain(name);
    return ColumnNames.isTime(plain) || ColumnNames.isValue(plain);
  }
}
