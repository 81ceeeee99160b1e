package dev.vantage.tsdb.language;

import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.List;

/** The steps that a form took, as a table. Not thread-safe. */
final class Explanation {
  private static final List<TableColumn> COLUMNS =
      List.of(
          new TableColumn("step", Type.LONG),
          new TableColumn("operation", Type.TEXT),
          new TableColumn("where", Type.TEXT),
          new TableColumn("rows", Type.LONG),
          new TableColumn("detail", Type.TEXT));

  private final List<List<Value>> rows = new ArrayList<>();

  /** Where a step is taken. */
  enum Place {
    /** In the database, by SQL. */
    SQL("SQL"),
    /** In the index of the database. */
    INDEX("index"),
    /** In the columns of attributes beside the index. */
    COLUMNS("columns"),
    /** In the memory of the program. */
    PROGRAM("program");

    private final String label;

    Place(String label) {
      this.label = label;
    }
  }

  void add(String operation, Place place, long count, String detail) {
    rows.add(
        List.of(
            new Value.LongNumber(rows.size() + 1L),
            new Value.Text(operation),
            new Value.Text(place.label),
            new Value.LongNumber(count),
            new Value.Text(detail)));
  }

  Table table() {
    return Table.of(COLUMNS, rows);
  }
}
