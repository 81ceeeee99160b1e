package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Creates the tables that a filter in SQL reads, in a given database, and drops them at the end.
 */
public final class FilterDatabase implements AutoCloseable {
  private static final String[] TABLES = {"attribute", "summary", "series"};

  private final Connection connection;
  private final SqlDialect dialect;

  /** The connection remains the caller's, as does its database but for these tables. */
  public FilterDatabase(Connection connection, SqlDialect dialect) throws SQLException {
    this.connection = connection;
    this.dialect = dialect;
    boolean isSqlite = dialect == SqlDialect.SQLITE;
    String text = isSqlite ? "TEXT" : "TEXT COLLATE \"C\"";
    String number = isSqlite ? "REAL" : "DOUBLE PRECISION";
    execute("CREATE TABLE series (key BIGINT PRIMARY KEY, id " + text + " NOT NULL UNIQUE)");
    execute(
        "CREATE TABLE summary (key BIGINT PRIMARY KEY, mean %1$s, std %1$s, length BIGINT,"
                .formatted(number)
            + " inserted_at BIGINT)");
    execute(
        "CREATE TABLE attribute (key BIGINT NOT NULL, name %1$s NOT NULL, double_value %2$s,"
                .formatted(text, number)
            + " long_value BIGINT, text_value "
            + text
            + ", PRIMARY KEY (key, name))");
  }

  /** Stores a series; its values by attribute, those that are built in included. */
  public void insert(long key, Map<String, AttributeValue> row) throws SQLException {
    update("INSERT INTO series (key, id) VALUES (?, ?)", key, stored(row, AttributeTypes.ID));
    update(
        "INSERT INTO summary (key, mean, std, length) VALUES (?, ?, ?, ?)",
        key,
        stored(row, AttributeTypes.MEAN),
        stored(row, AttributeTypes.STD),
        stored(row, AttributeTypes.LENGTH));
    if (row.containsKey(AttributeTypes.INSERTED_AT)) {
      Object moment = stored(row, AttributeTypes.INSERTED_AT);
      update("UPDATE summary SET inserted_at = ? WHERE key = ?", moment, key);
    }
    for (String name : row.keySet()) {
      if (!AttributeTypes.isBuiltIn(name)) {
        Object value = stored(row, name);
        String column =
            value instanceof Double ? "double" : value instanceof Long ? "long" : "text";
        String into = "INSERT INTO attribute (key, name, " + column + "_value) VALUES (?, ?, ?)";
        update(into, key, name, value);
      }
    }
  }

  private static Object stored(Map<String, AttributeValue> row, String name) {
    AttributeValue value = row.get(name);
    if (value instanceof DoubleValue number) {
      return number.value();
    } else if (value instanceof LongValue number) {
      return number.value();
    } else if (value instanceof BooleanValue truth) {
      return truth.value() ? 1L : 0L;
    } else if (value instanceof TimestampValue moment) {
      return moment.epochMicroseconds();
    }
    return value.toString();
  }

  /** Returns the ids of all series that a filter matches. */
  public SortedSet<String> ids(Filter filter) throws SQLException {
    SqlCondition condition = ConditionSql.write(filter, dialect);
    String sql =
        "SELECT s.id FROM series s JOIN summary m ON m.key = s.key WHERE s.id > ? AND ("
            + condition.text()
            + ") ORDER BY s.id LIMIT ?";
    SortedSet<String> ids = new TreeSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int at = 1;
      statement.setString(at++, "");
      for (Object parameter : condition.parameters()) {
        statement.setObject(at++, parameter);
      }
      statement.setInt(at, Integer.MAX_VALUE);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          ids.add(result.getString(1));
        }
      }
    }
    return ids;
  }

  private void update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    for (String table : TABLES) {
      execute("DROP TABLE " + table);
    }
  }
}
