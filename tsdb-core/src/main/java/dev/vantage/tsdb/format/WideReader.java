package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TableOptions.Comments;
import dev.vantage.tsdb.format.table.TableOptions.Headers;
import dev.vantage.tsdb.format.table.TableOptions.Lengths;
import dev.vantage.tsdb.format.table.TextSource;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Reads one series from each row. Thread-safe. */
final class WideReader implements FormatReader {
  private final ReadOptions options;

  WideReader(ReadOptions options) {
    this.options = options;
  }

  @Override
  public void read(TextSource source, Output output) throws IOException, BadFileException {
    DataTable table =
        DataTable.open(
            source.lines(), options.table(Headers.WITHOUT_VALUES, lengths(), Comments.LINES));
    WideColumns columns = WideColumns.of(table, options);
    output.readAs(
        FileFormat.WIDE_LABEL + " " + columns.shown(table.head()) + table.decimalInWords());
    table.header().ifPresent(header -> output.header(table.head().line(), header));
    long rows = 0;
    while (table.next()) {
      rows++;
      String ownId = source.name() + "-" + rows;
      output.offer(
          output.at(table.line(), table.text()),
          knownId(table, columns, ownId),
          "",
          () -> MadeSeries.of(entry(table, columns, ownId, output)));
    }
    output.drop(DataTable.LIKE_COMMENTS, table.commentsLikeRows());
    if (rows == 0) {
      throw BadFileException.withoutData(table.line());
    }
  }

  private Lengths lengths() {
    return options.refusesEnds() ? Lengths.ANY_WITH_EMPTY : Lengths.ANY;
  }

  private SeriesEntry entry(DataTable table, WideColumns columns, String ownId, Output output)
      throws BadRowException {
    List<String> fields = table.fields();
    int width = table.head().width();
    if (table.head().names().isPresent() && fields.size() != width) {
      throw new BadRowException(
          "row must have as many columns as the header: columns="
              + fields.size()
              + ", header="
              + width);
    }
    if (columns.hasLast() && fields.size() != width) {
      throw new BadRowException(
          "row must have as many columns as the first, since the last is no value: columns="
              + fields.size()
              + ", first="
              + width);
    }
    String id = columns.id().isPresent() ? id(table, columns.id().get()) : ownId;
    double[] values = ValueRow.parse(columns.values(fields), table.decimalMark(), options, output);
    TimeSeries series = TimeSeries.ofValues(values);
    return new SeriesEntry(id, series, attributes(table, columns));
  }

  /** Returns the id of a row; empty if the row is so bad that it is unknown. */
  private static String knownId(DataTable table, WideColumns columns, String ownId) {
    try {
      return columns.id().isPresent() ? id(table, columns.id().get()) : ownId;
    } catch (BadRowException e) {
      return "";
    }
  }

  private static Attributes attributes(DataTable table, WideColumns columns)
      throws BadRowException {
    Attributes attributes =
        columns.label().isPresent()
            ? Labels.attribute(field(table, columns.label().get()))
            : Attributes.none();
    for (Map.Entry<String, Integer> one : columns.attributes().entrySet()) {
      String field = field(table, one.getValue());
      if (!field.isEmpty()) {
        attributes = attributes.with(one.getKey(), Numbers.withPoint(field, table.decimalMark()));
      }
    }
    return attributes;
  }

  private static String field(DataTable table, int index) throws BadRowException {
    return table.text(index == WideColumns.LAST ? table.fields().size() - 1 : index);
  }

  /** Returns the id of a row. An id before a tab may begin or end with a space. */
  private static String id(DataTable table, int index) throws BadRowException {
    String row = table.text();
    int tab = row.indexOf('\t');
    boolean isRaw = index == 0 && tab >= 0 && table.separatesAtTabs() && table.isUnquoted();
    return isRaw ? row.substring(0, tab) : field(table, index);
  }
}
