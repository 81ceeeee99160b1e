package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.Checksum;
import dev.vantage.tsdb.store.Revision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The only row of the table progress: the last change of a database, and checksums of its data.
 * Immutable.
 *
 * @param removalsFrom the generation from which on all removals are recorded
 * @param series the checksum of all series; see {@link Revision#checksumOf}
 * @param settings the checksum of the settings
 * @param vantagePoints the checksum of the vantage points and their rows
 * @param types the checksum of the types of attributes
 * @param isSealed whether the format has these checksums; if not, they are 0
 */
public record SqlProgress(
    long databaseId,
    long generation,
    long changeId,
    long lastKey,
    long removalsFrom,
    long series,
    long settings,
    long vantagePoints,
    long types,
    boolean isSealed) {

  public static SqlProgress read(SqlDatabase database, Connection connection) throws SQLException {
    String sql =
        "SELECT database_id, generation, change_id, last_key, removals_from, series_checksum,"
            + " settings_checksum, vantage_point_checksum, attribute_type_checksum, checksum"
            + " FROM progress";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      if (row.next()) {
        long checksum = row.getLong(10);
        boolean isSealed = !row.wasNull();
        SqlProgress progress =
            new SqlProgress(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                isSealed);
        if (!isSealed || progress.checksum() == checksum) {
          return progress;
        }
      }
    }
    throw database.damaged("row must match its checksum: table=progress");
  }

  public void write(Connection connection) throws SQLException {
    String sql =
        "UPDATE progress SET database_id = ?, generation = ?, change_id = ?, last_key = ?,"
            + " removals_from = ?, series_checksum = ?, settings_checksum = ?,"
            + " vantage_point_checksum = ?, attribute_type_checksum = ?, checksum = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (long value : values()) {
        update.setLong(parameter++, value);
      }
      update.setLong(parameter, checksum());
      update.executeUpdate();
    }
  }

  private long[] values() {
    return new long[] {
      databaseId,
      generation,
      changeId,
      lastKey,
      removalsFrom,
      series,
      settings,
      vantagePoints,
      types
    };
  }

  private long checksum() {
    Checksum checksum = new Checksum();
    for (long value : values()) {
      checksum.add(value);
    }
    return checksum.value();
  }

  public SqlProgress withDatabaseId(long id) {
    return new SqlProgress(
        id,
        generation,
        changeId,
        lastKey,
        removalsFrom,
        series,
        settings,
        vantagePoints,
        types,
        isSealed);
  }

  Revision revision() {
    return new Revision(
        databaseId,
        generation,
        changeId,
        lastKey,
        isSealed ? OptionalLong.of(series) : OptionalLong.empty());
  }
}
