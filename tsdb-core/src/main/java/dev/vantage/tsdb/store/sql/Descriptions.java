package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.Microseconds;
import dev.vantage.tsdb.store.PointSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The queries on attributes and summaries. Checks no checksums. The caller owns the connection. */
final class Descriptions {
  /** The number of series that one query finds by their keys. */
  private static final int KEYS_AT_ONCE = 256;

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
          "type of an attribute must be valid: name=" + name + ", type=" + label);
    }
  }

  /** Receives a series and its stored checksum. */
  interface Consumer {
    void accept(DescribedSeries series, OptionalLong checksum);
  }

  /** Reads the summaries and the attributes of series that have summaries, by increasing keys. */
  void find(long[] keys, Consumer consumer) throws SQLException {
    for (int from = 0; from < keys.length; from += KEYS_AT_ONCE) {
      findSome(
          Arrays.copyOfRange(keys, from, Math.min(keys.length, from + KEYS_AT_ONCE)), consumer);
    }
  }

  private void findSome(long[] keys, Consumer consumer) throws SQLException {
    String sql =
        "SELECT m.key, mean, std, length, inserted_at, checksum,"
            + " a.name, double_value, long_value, text_value, type"
            + " FROM summary m LEFT JOIN attribute a ON a.key = m.key"
            + " LEFT JOIN attribute_type t ON t.name = a.name WHERE m.key IN ("
            + String.join(", ", Collections.nCopies(keys.length, "?"))
            + ") ORDER BY m.key";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < keys.length; i++) {
        select.setLong(i + 1, keys[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        boolean more = row.next();
        while (more) {
          more = take(row, consumer);
        }
      }
    }
  }

  /** Takes the rows of one series, from the current row on; returns whether another one follows. */
  private boolean take(ResultSet row, Consumer consumer) throws SQLException {
    long key = row.getLong(1);
    PointSummary summary = summary(row);
    OptionalLong checksum = checksum(row);
    Map<String, AttributeValue> values = new TreeMap<>();
    boolean more = true;
    while (more && row.getLong(1) == key) {
      String name = row.getString(7);
      if (name != null) {
        Optional<Type> type = Optional.ofNullable(row.getString(11)).flatMap(Type::ofLabel);
        values.put(name, value(row, 8, name, type));
      }
      more = row.next();
    }
    consumer.accept(new DescribedSeries(key, summary, Attributes.of(values)), checksum);
    return more;
  }

  /**
   * Reads summaries and attributes side by side, both in the order of the keys: a query for each
   * series would take minutes for a million of them.
   */
  void forEach(long after, long last, int fetchSize, Consumer consumer) throws SQLException {
    SortedMap<String, Type> types = types().declared();
    try (PreparedStatement summaries =
            connection.prepareStatement(
                "SELECT key, mean, std, length, inserted_at, checksum FROM summary"
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
          consumer.accept(
              new DescribedSeries(key, summary(summary), Attributes.of(values)), checksum(summary));
        }
      }
    }
  }

  private AttributeValue value(ResultSet row, int first, String name, Optional<Type> type)
      throws SQLException {
    try {
      return AttributeColumns.get(row, first, type.orElseThrow());
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw database.damaged("attribute must have a value of its type: name=" + name);
    }
  }

  private static OptionalLong checksum(ResultSet row) throws SQLException {
    long checksum = row.getLong(6);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(checksum);
  }

  private static PointSummary summary(ResultSet row) throws SQLException {
    long insertedAt = row.getLong(5);
    Optional<Instant> moment =
        row.wasNull() ? Optional.empty() : Optional.of(Microseconds.toInstant(insertedAt));
    return new PointSummary(row.getDouble(2), row.getDouble(3), row.getLong(4), moment);
  }
}
