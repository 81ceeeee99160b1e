package dev.vantage.tsdb.format.table;

import dev.vantage.tsdb.format.table.TableOptions.Comments;
import dev.vantage.tsdb.format.table.TableOptions.Headers;
import dev.vantage.tsdb.format.table.TableOptions.Lengths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The rows of a text in columns. Not thread-safe. Rows are streamed; only the first lines are
 * looked at before, to find out the dialect and the header.
 *
 * <p>Comments, blank lines, rows without any text, rows of units under the header and repetitions
 * of the header are not rows.
 */
public final class DataTable {
  /** Why rows are left out whose first field begins with the mark of a comment. */
  public static final String LIKE_COMMENTS = "that begin like comments";

  private static final int SAMPLE_LINES = 50;
  private static final int SAMPLE_CHARS = 1 << 16;
  private static final int MOST_UNIT_ROWS = 2;
  private static final int MOST_FIELDS = Integer.MAX_VALUE;

  private final LineReader lines;
  private final TableOptions options;
  private final Dialect dialect;
  private final Optional<FieldSplitter> splitter;
  private final Optional<FixedWidths> widths;
  private final boolean semicolonIsComment;
  private final List<List<String>> sample;
  private final TableHead head;
  private Optional<String> headerText = Optional.empty();
  private int unitRows;
  private boolean quotesMatch = true;
  private long commentsLikeRows;
  private List<String> fields = List.of();

  private DataTable(LineReader lines, TableOptions options, String comment)
      throws BadFileException {
    this.lines = lines;
    this.options = options;
    List<TextLine> first = lines.peek(SAMPLE_LINES, SAMPLE_CHARS);
    this.semicolonIsComment = semicolonIsComment(first);
    List<TextLine> rows =
        first.stream().filter(one -> !one.text().isBlank() && !isComment(one.text())).toList();
    List<String> cut = rows.stream().map(row -> cutAtComment(row.text())).toList();
    this.widths = ipacWidths(cut);
    long line = rows.isEmpty() ? 1 : rows.get(0).number();
    this.dialect = dialect(data(cut), options, line);
    this.splitter = dialect.splitter();
    List<String> texts = rows.stream().map(row -> withoutEnd(row.text(), MOST_FIELDS)).toList();
    this.head = rows.isEmpty() ? new TableHead(Optional.empty(), 0, 1) : head(texts, line, comment);
    this.sample =
        rows.stream()
            .map(row -> withoutEnd(row.text(), head.width()))
            .filter(row -> !isHeaderRow(row))
            .map(row -> split(row).texts())
            .toList();
  }

  private static Dialect dialect(List<String> rows, TableOptions options, long line)
      throws BadFileException {
    try {
      return DialectFinder.find(rows, options.separator(), options.decimalMark());
    } catch (BadRowException e) {
      throw new BadFileException(line, e.getMessage());
    }
  }

  /** Opens a table, and finds its dialect and its header. */
  public static DataTable open(LineReader lines, TableOptions options)
      throws IOException, BadFileException {
    lines.skip(options.skippedLines());
    String comment = skipComments(lines);
    DataTable table = new DataTable(lines, options, comment);
    if (table.head.width() == 0) {
      // Throws what made the first row unreadable.
      table.next();
      throw BadFileException.withoutData(lines.number());
    }
    return table;
  }

  /** Skips comments, of which there may be more than are looked at, and returns the last one. */
  private static String skipComments(LineReader lines) throws IOException, BadFileException {
    String last = "";
    List<TextLine> next = lines.peek(1, 1);
    while (!next.isEmpty()
        && (next.get(0).text().isBlank() || isCommentAlways(next.get(0).text()))) {
      last = next.get(0).text().isBlank() ? last : next.get(0).text();
      lines.skip(1);
      next = lines.peek(1, 1);
    }
    return last;
  }

  private static boolean semicolonIsComment(List<TextLine> first) {
    return first.stream()
        .map(TextLine::text)
        .filter(text -> !text.stripLeading().startsWith(";"))
        .noneMatch(text -> text.indexOf(';') >= 0);
  }

  /** Finds the fixed columns of an IPAC table, whose rows, unlike its header, have no bars. */
  private Optional<FixedWidths> ipacWidths(List<String> rows) {
    boolean isIpac =
        options.separator().isEmpty()
            && !rows.isEmpty()
            && FixedWidths.isHeader(rows.get(0))
            && rows.stream().anyMatch(row -> !FixedWidths.isHeader(row));
    return isIpac
        ? FixedWidths.of(rows.stream().takeWhile(FixedWidths::isHeader).toList())
        : Optional.empty();
  }

  private List<String> data(List<String> rows) {
    return widths.isEmpty()
        ? rows
        : rows.stream().filter(row -> !FixedWidths.isHeader(row)).toList();
  }

  private TableHead head(List<String> rows, long line, String comment) {
    List<String> top = namesOfColumns(rows);
    if (widths.isPresent() || isHeader(top, rows.size() > 1)) {
      headerText = Optional.of(rows.get(0));
      unitRows = countUnitRows(rows);
      int width = rows.size() > 1 ? split(rows.get(1)).texts().size() : top.size();
      boolean isAsWide = top.size() == width || options.lengths() == Lengths.ANY;
      return widths.isPresent() || isAsWide
          ? new TableHead(Optional.of(names(top)), top.size(), line)
          : headOfOtherWidth(rows.get(0), top, width, line);
    }
    return new TableHead(commentedHeader(comment, top.size()), top.size(), line);
  }

  /**
   * The fields of the first row, without the name of a column of clocks that is joined to dates.
   */
  private List<String> namesOfColumns(List<String> rows) {
    List<String> top = split(rows.get(0)).texts();
    if (widths.isPresent() || rows.size() < 2 || !separatesAtBlanks()) {
      return top;
    }
    List<String> fields = dialect.split(rows.get(1), splitter).texts();
    OptionalInt clock = Clocks.find(fields);
    if (clock.isEmpty() || fields.size() != top.size()) {
      return top;
    }
    List<String> names = new ArrayList<>(top);
    names.remove(clock.getAsInt());
    return names;
  }

  private boolean separatesAtBlanks() {
    return dialect.separator().equals(Optional.of(Separator.BLANKS));
  }

  /** Numbers in a header of values are no names: users would mean the numbers of the columns. */
  private List<String> names(List<String> top) {
    boolean areNames = options.headers() != Headers.WITHOUT_VALUES;
    return top.stream()
        .map(name -> areNames || Numbers.finite(name, dialect.decimalMark()).isEmpty() ? name : "")
        .toList();
  }

  /** The columns under a header that has other separators, or blanks in names, than the rows. */
  private TableHead headOfOtherWidth(String header, List<String> top, int width, long line) {
    for (Separator one : Separator.values()) {
      List<String> names = new FieldSplitter(one, dialect.quote()).splitPlainly(header);
      if (names.size() == width && one != Separator.BLANKS) {
        return new TableHead(Optional.of(names), width, line);
      }
    }
    boolean areBlanksInNames = width == 2 && separatesAtBlanks();
    return areBlanksInNames
        ? new TableHead(Optional.empty(), width, line)
        : new TableHead(Optional.of(List.copyOf(top)), top.size(), line);
  }

  private boolean isHeader(List<String> top, boolean hasMore) {
    return switch (options.headers()) {
      case FIRST_ROW -> true;
      case WITHOUT_NUMBERS -> !top.stream().anyMatch(this::isData) && hasLetter(top);
      case WITHOUT_VALUES -> isHeaderOfValues(top, hasMore);
    };
  }

  private boolean isData(String field) {
    return Numbers.isMissing(field) && !field.isEmpty()
        || Numbers.isNumber(field, dialect.decimalMark())
        || TimeText.isMoment(field);
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
    return rest.stream().noneMatch(this::isData) && hasLetter(rest)
        || hasMore && ColumnNames.areScale(top, dialect.decimalMark());
  }

  private int countUnitRows(List<String> rows) {
    int count = 0;
    while (widths.isEmpty()
        && options.headers() == Headers.WITHOUT_NUMBERS
        && count < MOST_UNIT_ROWS
        && count + 2 < rows.size()
        && ColumnNames.areUnits(split(rows.get(count + 1)).texts())) {
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
    List<String> names = split(words).texts();
    boolean isHeader =
        names.size() == width
            && names.stream().noneMatch(this::isData)
            && names.stream().noneMatch(ColumnNames::isProse)
            && (width > 2 || names.stream().allMatch(DataTable::isUsual));
    return isHeader ? Optional.of(List.copyOf(names)) : Optional.empty();
  }

  private static boolean isUsual(String name) {
    String plain = TableHead.plain(name);
    return ColumnNames.isTime(plain) || ColumnNames.isValue(plain);
  }

  private Dialect.Fields split(String row) {
    if (widths.isPresent()) {
      return widths
          .get()
          .split(row)
          .map(found -> new Dialect.Fields(found, true))
          .orElseGet(() -> new Dialect.Fields(List.of(row), true));
    }
    Dialect.Fields found = dialect.split(row, splitter);
    return separatesAtBlanks()
        ? new Dialect.Fields(Clocks.join(found.texts()), found.quotesMatch())
        : found;
  }

  private boolean isComment(String line) {
    return isCommentAlways(line) || semicolonIsComment && line.stripLeading().startsWith(";");
  }

  private static boolean isCommentAlways(String line) {
    int at = 0;
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    char first = at == line.length() ? ' ' : line.charAt(at);
    return first == '#' || first == '%' || first == '\\' && !line.startsWith("\\N", at);
  }

  /**
   * Removes a comment from the end of a row. A number sign behind a blank may also be a part of a
   * name, except where blanks separate fields, where both columns are numbers, or where the row has
   * too many fields with the comment, and the right number without it.
   */
  private String withoutEnd(String row, int width) {
    String cut = cutAtComment(row);
    if (cut.length() == row.length() || separatesAtBlanks()) {
      return cut;
    }
    int fieldsInAll = split(row).texts().size();
    boolean isComment =
        fieldsInAll == 2 || fieldsInAll > width && split(cut).texts().size() == width;
    return isComment ? cut : row;
  }

  /** Cuts a row at a number sign behind a blank, where rows may have comments. */
  private String cutAtComment(String row) {
    int from = row.indexOf('#');
    if (from <= 0 || options.comments() == Comments.LINES) {
      return row;
    }
    boolean mayBeQuoted = row.indexOf('"') >= 0 || row.indexOf('\'') >= 0;
    return !mayBeQuoted && Character.isWhitespace(row.charAt(from - 1))
        ? row.substring(0, from)
        : row;
  }

  private boolean isHeaderRow(String row) {
    return headerText.isPresent() && headerText.get().equals(row)
        || widths.isPresent() && FixedWidths.isHeader(row);
  }

  /** Moves to the next row; false at the end of the text. */
  public boolean next() throws IOException, BadFileException {
    while (lines.next()) {
      if (isComment(lines.text())) {
        commentsLikeRows += isLikeRow(lines.text()) ? 1 : 0;
        continue;
      }
      String row = withoutEnd(lines.text(), head.width());
      if (isHeaderRow(row)) {
        continue;
      }
      if (unitRows > 0) {
        unitRows--;
        continue;
      }
      Dialect.Fields found = split(row);
      fields = found.texts();
      quotesMatch = found.quotesMatch();
      if (!isBlank(fields)) {
        return true;
      }
    }
    return false;
  }

  /** Says whether a comment has numbers where rows have them, so that its mark may begin a name. */
  private boolean isLikeRow(String comment) {
    List<String> row = sample().isEmpty() ? List.of() : sample().get(0);
    List<String> found = split(comment).texts();
    return !fields.isEmpty()
        && row.size() > 1
        && found.size() == row.size()
        && IntStream.range(1, row.size())
            .allMatch(i -> isData(found.get(i)) || !isData(row.get(i)));
  }

  private static boolean isBlank(List<String> fields) {
    if (!fields.get(0).isEmpty()) {
      return false;
    }
    return fields.stream().allMatch(String::isEmpty);
  }

  /** Returns the columns. */
  public TableHead head() {
    return head;
  }

  /** Returns the text of the header; empty without one. */
  public Optional<String> header() {
    return headerText;
  }

  /** Returns the first rows without the header; some may be rows of units. */
  public List<List<String>> sample() {
    return sample.subList(Math.min(unitRows, sample.size()), sample.size());
  }

  /** Returns how many comments behind the first row have the numbers of a row, so far. */
  public long commentsLikeRows() {
    return commentsLikeRows;
  }

  /** Returns the mark of decimals. */
  public DecimalMark decimalMark() {
    return dialect.decimalMark();
  }

  /** Returns how messages say what was found out about numbers: empty for a decimal point. */
  public String decimalInWords() {
    return decimalMark() == DecimalMark.COMMA ? ", decimal comma" : "";
  }

  /** Says whether a row with a tab in it is separated by tabs. */
  public boolean separatesAtTabs() {
    return dialect.separator().map(Separator.TAB::equals).orElse(true);
  }

  /** Says whether the row has no quotes. */
  public boolean isUnquoted() {
    return lines.text().indexOf(dialect.quote()) < 0;
  }

  /** Says whether the quotes of the row match. */
  public boolean quotesMatch() {
    return quotesMatch;
  }

  /** Returns the number of the line of the row; at the end, of the last line. */
  public long line() {
    return lines.number();
  }

  /** Returns the text of the row. */
  public String text() {
    return lines.text();
  }

  /** Returns the fields of the row. */
  public List<String> fields() {
    return fields;
  }

  /** Says whether the row ends too early, but behind a column, whose field is therefore whole. */
  public boolean endsBehind(int column) {
    return quotesMatch && fields.size() < head.width() && column + 1 < fields.size();
  }

  /** Checks that the row has a field for each column. */
  public void checkLength() throws BadRowException {
    int width = head.width();
    if (options.lengths() == Lengths.EQUAL && fields.size() != width) {
      throw new BadRowException(
          "line must have "
              + width
              + " columns"
              + (width == 2 ? ", time and value" : "")
              + ": columns="
              + fields.size()
              + (quotesMatch ? "" : ", quotes=not matching"));
    }
  }

  /** Returns a field that is a name or another text. */
  public String text(int column) throws BadRowException {
    if (column >= fields.size()) {
      throw new BadRowException(
          "row must reach to column "
              + Numbers.quote(head.label(column))
              + ": columns="
              + fields.size());
    }
    String field = fields.get(column);
    if (field.indexOf(dialect.quote()) >= 0 && !(quotesMatch && isQuoted(field))) {
      throw new BadRowException(
          "quotes must match: column="
              + Numbers.quote(head.label(column))
              + ", text="
              + Numbers.quote(field));
    }
    return field;
  }

  /** Says whether a field with quotes in it is in quotes itself. */
  private boolean isQuoted(String field) {
    String quote = String.valueOf(dialect.quote());
    return text().contains(quote + field.replace(quote, quote + quote) + quote);
  }
}
