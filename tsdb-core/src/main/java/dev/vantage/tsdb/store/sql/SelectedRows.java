package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.Row;
import dev.vantage.tsdb.rows.Aggregate;
import dev.vantage.tsdb.rows.BoundSelect;
import dev.vantage.tsdb.rows.GroupCollector;
import dev.vantage.tsdb.rows.RowCollector;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.SelectColumn;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs selects on one connection, in the transaction of the caller. Not thread-safe. */
final class SelectedRows {
  /** The number of rows that are read between two runs of the checkpoint. */
  private static final int ROWS_AT_ONCE = 1024;

  private final SqlDatabase database;
  private final Connection connection;
  private final Runnable checkpoint;

  /**
   * Prepares for selects.
   *
   * @param checkpoint run regularly; an exception of it ends the select
   */
  SelectedRows(SqlDatabase database, Connection connection, Runnable checkpoint) {
    this.database = database;
    this.connection = connection;
    this.checkpoint = checkpoint;
  }

  /** Takes one row of a result. */
  private interface Consumer {
    /** Returns whether more rows are wanted. */
    boolean accept(ResultSet row) throws SQLException;
  }

  Rows read(SqlSelect statement) throws SQLException {
    return statement.isGroupedInSql() ? groups(statement) : rows(statement);
  }

  private void forEach(SqlSelect statement, Consumer consumer) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(statement.text())) {
      int parameter = 1;
      for (Object value : statement.parameters()) {
        select.setObject(parameter++, value);
      }
      if (statement.isLimitedInSql()) {
        select.setInt(parameter, statement.select().select().limit());
      }
      select.setFetchSize(database.rowsAtOnce());
      try (ResultSet row = select.executeQuery()) {
        boolean more = true;
        for (int seen = 0; more && row.next(); seen++) {
          if (seen % ROWS_AT_ONCE == 0) {
            checkpoint.run();
          }
          more = consumer.accept(row);
        }
      }
    }
  }

  /** Reads rows that the database has ordered, or that are grouped here. */
  private Rows rows(SqlSelect statement) throws SQLException {
    BoundSelect select = statement.select();
    RowCollector collector = RowCollector.of(select.isGrouped() ? select : select.withoutOrders());
    Map<String, Optional<AttributeValue>> values = new HashMap<>();
    Row current = name -> values.getOrDefault(name, Optional.empty());
    forEach(
        statement,
        row -> {
          int place = 1;
          for (TableColumn attribute : statement.attributes()) {
            values.put(attribute.name(), value(row, place++, attribute.type()));
          }
          collector.add(current);
          return !collector.isComplete();
        });
    return collector.rows();
  }

  private Optional<AttributeValue> value(ResultSet row, int place, Type type) throws SQLException {
    try {
      return AttributeColumns.find(row, place, type);
    } catch (IllegalArgumentException e) {
      throw database.damaged("attribute must have a value of its type: type=" + type.label());
    }
  }

  /** Reads groups that the database has made, in any order. */
  private Rows groups(SqlSelect statement) throws SQLException {
    BoundSelect select = statement.select();
    GroupCollector collector = new GroupCollector(select);
    List<String> names = select.groups().stream().map(TableColumn::name).toList();
    forEach(
        statement,
        row -> {
          List<Optional<AttributeValue>> key = new ArrayList<>();
          for (TableColumn group : select.groups()) {
            key.add(value(row, key.size() + 1, group.type()));
          }
          List<Optional<AttributeValue>> values = new ArrayList<>();
          int place = key.size() + 1;
          for (SelectColumn column : select.columns()) {
            if (column instanceof SelectColumn.OfAttribute one) {
              values.add(key.get(names.indexOf(one.attribute())));
            } else if (isSum(column)) {
              values.add(sum(row, place));
              place += 2;
            } else {
              values.add(value(row, place++, select.answer().get(values.size()).type()));
            }
          }
          collector.add(key, values);
          return true;
        });
    return collector.rows();
  }

  private static boolean isSum(SelectColumn column) {
    return column instanceof SelectColumn.OfAggregate one && one.aggregate() == Aggregate.SUM;
  }

  /** Reads a sum from the sums of the high and of the low 32 bits. */
  private static Optional<AttributeValue> sum(ResultSet row, int place) throws SQLException {
    BigInteger high = BigInteger.valueOf(row.getLong(place));
    if (row.wasNull()) {
      return Optional.empty();
    }
    BigInteger sum = high.shiftLeft(Integer.SIZE).add(BigInteger.valueOf(row.getLong(place + 1)));
    return Optional.of(Aggregate.sumOfLongs(sum));
  }
}
