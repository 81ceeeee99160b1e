package dev.vantage.tsdb.format.table;

import dev.vantage.tsdb.format.table.TableOptions.Lengths;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern PERIOD = Pattern.compile("# period = (\\S+)");
  private static final int SAMPLE_LINES = 50;
  private static final int SAMPLE_CHARS = 1 << 16;
  private static final int MOST_FIELDS = Integer.MAX_VALUE;

  private final LineReader lines;
  private final TableOptions options;
  private final CommentFinder comments;
  private final RowSplitter splitter;
  private final TableHead head;
  private final Optional<String> header;
  private final List<String> headerFields;

  /** Whether empty fields behind the last column are nothing, rather than missing values. */
  private final boolean mayEndEmpty;

  private final List<List<String>> sample;
  private int unitRows;
  private boolean quotesMatch = true;
  private Optional<String> period = Optional.empty();
  private long commentsLikeRows;
  private List<String> fields = List.of();

  private DataTable(LineReader lines, TableOptions options, String comment)
      throws BadFileException {
    this.lines = lines;
    this.options = options;
    List<TextLine> first = lines.peek(SAMPLE_LINES, SAMPLE_CHARS);
    this.comments = new CommentFinder(options.comments(), first);
    List<TextLine> rows =
        first.stream()
            .filter(one -> !one.text().isBlank() && !comments.isComment(one.text()))
            .toList();
    long line = rows.isEmpty() ? 1 : rows.get(0).number();
    this.splitter =
        RowSplitter.of(
            rows.stream().map(row -> comments.cutAtComment(row.text())).toList(), options, line);
    HeaderFinder.Header found =
        rows.isEmpty()
            ? new HeaderFinder.Header(new TableHead(Optional.empty(), 0, 1), Optional.empty(), 0)
            : new HeaderFinder(splitter, options)
                .find(
                    rows.stream().map(row -> withoutComment(row.text(), MOST_FIELDS)).toList(),
                    line,
                    comment);
    this.header = found.text();
    this.headerFields = header.map(text -> splitter.split(text).texts()).orElse(List.of());
    this.unitRows = found.unitRows();
    List<List<String>> wide =
        rows.stream()
            .map(row -> withoutComment(row.text(), found.head().width()))
            .filter(row -> !isHeaderRow(row))
            .map(row -> splitter.split(row).texts())
            .toList();
    this.head = found.head().withWidth(widthOfUse(found.head().width(), wide));
    this.mayEndEmpty =
        options.lengths() == Lengths.EQUAL
            || options.lengths() == Lengths.ANY
                && (header.isPresent() || head.width() < found.head().width());
    this.sample = wide.stream().map(this::withoutEmptyEnd).toList();
  }

  /** Returns the number of columns up to the last one that has a name or a field. */
  private int widthOfUse(int width, List<List<String>> rows) {
    int used = width;
    while (options.lengths() != Lengths.ANY_WITH_EMPTY
        && used > 1
        && !rows.isEmpty()
        && !hasColumn(used - 1, rows)) {
      used--;
    }
    return used;
  }

  private boolean hasColumn(int column, List<List<String>> rows) {
    return splitter.hasFixedWidths()
        || column < headerFields.size() && !headerFields.get(column).isEmpty()
        || rows.stream().anyMatch(row -> column < row.size() && !row.get(column).isEmpty());
  }

  /** Removes empty fields behind the last column: separators at the ends of rows. */
  private List<String> withoutEmptyEnd(List<String> row) {
    int end = row.size();
    while (mayEndEmpty && end > head.width() && row.get(end - 1).isEmpty()) {
      end--;
    }
    return end == row.size() ? row : row.subList(0, end);
  }

  private String withoutComment(String row, int width) {
    return comments.withoutEnd(row, width, splitter);
  }

  /** Opens a table, and finds its dialect and its header. */
  public static DataTable open(LineReader lines, TableOptions options)
      throws IOException, BadFileException {
    lines.skip(options.skippedLines());
    String comment = CommentFinder.skip(lines);
    DataTable table = new DataTable(lines, options, comment);
    if (table.head.width() == 0) {
      // Throws what made the first row unreadable.
      table.next();
      throw BadFileException.withoutData(lines.number());
    }
    return table;
  }

  private boolean isHeaderRow(String row) {
    if (splitter.hasFixedWidths()) {
      return FixedWidths.isHeader(row);
    }
    // Their first letters tell most rows from the header, without splitting them.
    return header.isPresent()
        && firstLetter(row) == firstLetter(header.get())
        && areHeader(splitter.split(row));
  }

  private static int firstLetter(String row) {
    int at = 0;
    while (at < row.length() && "\"' \t".indexOf(row.charAt(at)) >= 0) {
      at++;
    }
    return at == row.length() ? -1 : Character.toLowerCase(row.charAt(at));
  }

  private boolean areHeader(Dialect.Fields row) {
    List<String> found = row.texts();
    return found.size() == headerFields.size()
        && IntStream.range(0, found.size())
            .allMatch(i -> found.get(i).equalsIgnoreCase(headerFields.get(i)));
  }

  /** Moves to the next row; false at the end of the text. */
  public boolean next() throws IOException, BadFileException {
    while (lines.next()) {
      if (comments.isComment(lines.text())) {
        Matcher told = PERIOD.matcher(lines.text());
        period = told.matches() ? Optional.of(told.group(1)) : period;
        commentsLikeRows += isLikeRow(lines.text()) ? 1 : 0;
        continue;
      }
      String row = withoutComment(lines.text(), head.width());
      if (isHeaderRow(row)) {
        continue;
      }
      if (unitRows > 0) {
        unitRows--;
        continue;
      }
      Dialect.Fields found = splitter.split(row);
      fields = withoutEmptyEnd(found.texts());
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
    List<String> found = splitter.split(comment).texts();
    return !fields.isEmpty()
        && row.size() > 1
        && found.size() == row.size()
        && IntStream.range(1, row.size())
            .allMatch(i -> splitter.isData(found.get(i)) || !splitter.isData(row.get(i)));
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
    return header;
  }

  /** Returns the first rows without the header; some may be rows of units. */
  public List<List<String>> sample() {
    return sample.subList(Math.min(unitRows, sample.size()), sample.size());
  }

  /** Returns how many comments behind the first row have the numbers of a row, so far. */
  public long commentsLikeRows() {
    return commentsLikeRows;
  }

  /** Returns the period in a comment such as {@code # period = 0.25} behind the header, so far. */
  public Optional<String> period() {
    return period;
  }

  /** Returns the mark of decimals. */
  public DecimalMark decimalMark() {
    return splitter.dialect().decimalMark();
  }

  /** Returns the decimal mark as messages name it; empty for a decimal point. */
  public String decimalInWords() {
    return decimalMark() == DecimalMark.COMMA ? ", decimal comma" : "";
  }

  /** Says whether a row with a tab in it is separated by tabs. */
  public boolean separatesAtTabs() {
    return splitter.dialect().separator().map(Separator.TAB::equals).orElse(true);
  }

  /** Says whether commas separate fields. */
  public boolean separatesAtCommas() {
    return splitter.dialect().separator().equals(Optional.of(Separator.COMMA));
  }

  /** Says whether the row has no quotes. */
  public boolean isUnquoted() {
    return lines.text().indexOf(splitter.dialect().quote()) < 0;
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
    if (field.indexOf(splitter.dialect().quote()) >= 0 && !(quotesMatch && isQuoted(field))) {
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
    String quote = String.valueOf(splitter.dialect().quote());
    return text().contains(quote + field.replace(quote, quote + quote) + quote);
  }
}
