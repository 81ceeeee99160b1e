package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The queries on attributes and summaries. The caller owns the connection. */
final class Descriptions {
  private final SqlDatabase database;
  private final Connection connection;

  Descriptions(SqlDatabase database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  AttributeTypes types() throws SQLException {
    Map<String, Type> types = new TreeMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT name, type FROM attribute_type");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String name = String.valueOf(row.getString(1));
        types.put(name, type(name, row.getString(2)));
      }
    }
    return AttributeTypes.of(types);
  }

  private Type type(String name, String label) {
    try {
      Type type = Optional.ofNullable(label).flatMap(Type::ofLabel).orElseThrow();
      AttributeTypes.noneDeclared().check(name, type);
      return type;
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw database.damaged(
          "type of an attribute must be as it was written: name=" + name + ", type=" + label);
    }
  }

  Attributes attributes(long key) throws SQLException {
    String sql =
        "SELECT a.name, a.double_value, a.long_value, a.text_value, t.type"
            + " FROM attribute a JOIN attribute_type t ON t.name = a.name WHERE a.key = ?";
    Map<String, AttributeValue> values = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, key);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String name = row.getString(1);
          values.put(name, value(row, 2, name, Type.ofLabel(row.getString(5))));
        }
      }
    }
    return Attributes.of(values);
  }

  /**
   * Reads summaries and attributes side by side, both in the order of the keys: a query for each
   * series would take minutes for a million of them.
   */
  void forEach(long after, long last, int fetchSize, Consumer<DescribedSeries> consumer)
      throws SQLException {
    SortedMap<String, Type> types = types().declared();
    try (PreparedStatement summaries =
            connection.prepareStatement(
                "SELECT key, mean, std, length, inserted_at FROM summary"
                    + " WHERE key > ? AND key <= ? ORDER BY key");
        PreparedStatement attributes =
            connection.prepareStatement(
                "SELECT key, name, double_value, long_value, text_value FROM attribute"
                    + " WHERE key > ? AND key <= ? ORDER BY key")) {
      summaries.setLong(1, after);
      summaries.setLong(2, last);
      summaries.setFetchSize(fetchSize);
      attributes.setLong(1, after);
      attributes.setLong(2, last);
      attributes.setFetchSize(fetchSize);
      try (ResultSet summary = summaries.executeQuery();
          ResultSet attribute = attributes.executeQuery()) {
        boolean more = attribute.next();
        while (summary.next()) {
          long key = summary.getLong(1);
          Map<String, AttributeValue> values = new TreeMap<>();
          while (more && attribute.getLong(1) <= key) {
            String name = attribute.getString(2);
            values.put(name, value(attribute, 3, name, Optional.ofNullable(types.get(name))));
            more = attribute.next();
          }
          consumer.accept(new DescribedSeries(key, summary(summary), Attributes.of(values)));
        }
      }
    }
  }

  private AttributeValue value(ResultSet row, int first, String name, Optional<Type> type)
      throws SQLException {
    try {
      return AttributeColumns.get(row, first, type.orElseThrow());
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw database.damaged("attribute must be as it was written: name=" + name);
    }
  }

  private static Summary summary(ResultSet row) throws SQLException {
    long insertedAt = row.getLong(5);
    Optional<Instant> moment =
        row.wasNull() ? Optional.empty() : Optional.of(AttributeColumns.moment(insertedAt));
    return new Summary(row.getDouble(2), row.getDouble(3), row.getLong(4), moment);
  }
}
