package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.Checksum;
import dev.vantage.tsdb.store.Revision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The only row of the table progress: the last change of a database, and checksums of its data.
 * Immutable.
 *
 * @param removalsFrom the generation from which on all removals are recorded
 * @param series the checksum of all series; see {@link Revision#checksumOf}
 * @param settings the checksum of the settings
 * @param vantagePoints the checksum of the vantage points and their rows
 * @param types the checksum of the types of attributes
 * @param seriesGeneration the generation of the last change that was not of attributes alone; empty
 *     in formats that do not record it
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
    OptionalLong seriesGeneration,
    boolean isSealed) {

  public static SqlProgress read(SqlDatabase database, Connection connection) throws SQLException {
    String sql =
        "SELECT database_id, generation, change_id, last_key, removals_from, series_checksum,"
            + " settings_checksum, vantage_point_checksum, attribute_type_checksum, checksum,"
            + " series_generation"
            + " FROM progress";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      if (row.next()) {
        long checksum = row.getLong(10);
        boolean isSealed = !row.wasNull();
        long seriesGeneration = row.getLong(11);
        boolean hasSeriesGeneration = !row.wasNull();
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
                hasSeriesGeneration ? OptionalLong.of(seriesGeneration) : OptionalLong.empty(),
                isSealed);
        if (!isSealed || progress.checksum() == checksum) {
          return progress;
        }
      }
    }
    throw database.damaged("row must match its checksum: table=progress");
  }

  /** Writes the row in the current format. */
  public void write(Connection connection) throws SQLException {
    String sql =
        "UPDATE progress SET database_id = ?, generation = ?, change_id = ?, last_key = ?,"
            + " removals_from = ?, series_checksum = ?, settings_checksum = ?,"
            + " vantage_point_checksum = ?, attribute_type_checksum = ?, series_generation = ?,"
            + " checksum = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (long value : values()) {
        update.setLong(parameter++, value);
      }
      update.setLong(parameter, checksum());
      update.executeUpdate();
    }
  }

  /** Returns the values of the row in the order of the checksum. */
  private long[] values() {
    return LongStream.concat(
            LongStream.of(
                databaseId,
                generation,
                changeId,
                lastKey,
                removalsFrom,
                series,
                settings,
                vantagePoints,
                types),
            seriesGeneration.stream())
        .toArray();
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
        seriesGeneration,
        isSealed);
  }

  /** Returns a copy in the current format. */
  public SqlProgress withSeriesGeneration(long last) {
    return new SqlProgress(
        databaseId,
        generation,
        changeId,
        lastKey,
        removalsFrom,
        series,
        settings,
        vantagePoints,
        types,
        OptionalLong.of(last),
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
