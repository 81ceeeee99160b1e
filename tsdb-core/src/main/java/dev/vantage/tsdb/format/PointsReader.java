package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.TableOptions.Comments;
import dev.vantage.tsdb.format.table.TableOptions.Headers;
import dev.vantage.tsdb.format.table.TableOptions.Lengths;
import dev.vantage.tsdb.format.table.TextSource;
import java.io.IOException;

/**
 * Reads files with one point in a row, and makes each id and group a series, in the order of their
 * first rows. Thread-safe.
 */
final class PointsReader implements FormatReader {
  private final String label;
  private final PointColumns.Usual usual;
  private final Comments comments;
  private final ReadOptions options;

  /**
   * Creates a reader.
   *
   * @param label the name of the format
   */
  PointsReader(String label, PointColumns.Usual usual, Comments comments, ReadOptions options) {
    this.label = label;
    this.usual = usual;
    this.comments = comments;
    this.options = options;
  }

  @Override
  public void read(TextSource source, Output output) throws IOException, BadFileException {
    DataTable table =
        DataTable.open(
            source.lines(), options.table(Headers.WITHOUT_NUMBERS, Lengths.EQUAL, comments));
    PointColumns columns = PointColumns.of(table, usual, options);
    output.readAs(label + " " + columns.shown(table.head()) + table.decimalInWords());
    table.header().ifPresent(header -> output.header(table.head().line(), header));
    PointGroups groups = new PointGroups(source, table, columns, options, output);
    try {
      while (table.next()) {
        groups.addRow();
      }
    } catch (BadFileException e) {
      output.reject(e.line(), e.getMessage(), "", Math.max(1, groups.size()));
      return;
    }
    output.drop(DataTable.LIKE_COMMENTS, table.commentsLikeRows());
    groups.finish();
  }
}
