package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.Checkpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/** The statements on the tables of a checkpoint. The caller owns the connection. */
final class SqlCheckpoints {
  private SqlCheckpoints() {}

  static Optional<Checkpoint> find(Connection connection) throws SQLException {
    String sql = "SELECT generation, last_key, series, vantage_points FROM checkpoint";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Checkpoint(
                  row.getLong(1),
                  row.getLong(2),
                  row.getInt(3),
                  Arrays.stream(Blobs.toLongs(row.getBytes(4))).boxed().toList()))
          : Optional.empty();
    }
  }

  /** Reads a part; empty if it is missing or damaged. */
  static Optional<byte[]> part(
      Connection connection, Checkpoint checkpoint, String column, int part) throws SQLException {
    String sql =
        "SELECT checksum, content FROM checkpoint_chunk"
            + " WHERE generation = ? AND name = ? AND part = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, checkpoint.generation());
      select.setString(2, column);
      select.setInt(3, part);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        byte[] content = row.getBytes(2);
        return content != null
                && Blobs.chunkChecksum(checkpoint, column, part, content) == row.getLong(1)
            ? Optional.of(content)
            : Optional.empty();
      }
    }
  }

  /** Drops the checkpoint, finished or not. Removals stay, for readers that follow the changes. */
  static void drop(Connection connection) throws SQLException {
    SqlDatabase.execute(connection, "DELETE FROM checkpoint");
    SqlDatabase.execute(connection, "DELETE FROM checkpoint_chunk");
  }

  static void addPart(
      Connection connection, Checkpoint checkpoint, String column, int part, byte[] content)
      throws SQLException {
    String sql = "INSERT INTO checkpoint_chunk VALUES (?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, checkpoint.generation());
      insert.setString(2, column);
      insert.setInt(3, part);
      insert.setLong(4, Blobs.chunkChecksum(checkpoint, column, part, content));
      insert.setBytes(5, content);
      insert.executeUpdate();
    }
  }

  static void finish(Connection connection, Checkpoint checkpoint) throws SQLException {
    String sql = "INSERT INTO checkpoint VALUES (1, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, checkpoint.generation());
      insert.setLong(2, checkpoint.lastKey());
      insert.setInt(3, checkpoint.series());
      insert.setBytes(4, Blobs.ofLongs(checkpoint.vantagePoints()));
      insert.executeUpdate();
    }
  }
}
