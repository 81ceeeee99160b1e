package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.PointSummary;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.sql.Blobs;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.SqlScripts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.Function;

/**
 * The formats of a file. The script of each format converts the previous one; the first script
 * creates the tables. A file of an older format is read through views of the latest format.
 */
final class SqliteFormat {
  /** The version of the stored format. */
  static final int LAST = Store.CURRENT_FORMAT;

  /** The first format with checkpoints. */
  static final int WITH_CHECKPOINTS = 2;

  /** The first format with types of attributes and summaries. */
  static final int TYPED = 3;

  /** The first format with checksums of more than points and distances. */
  static final int SEALED = 4;

  private SqliteFormat() {}

  static int of(Connection connection) throws SQLException {
    return Math.toIntExact(SqlDatabase.number(connection, "PRAGMA user_version"));
  }

  /**
   * Converts the tables of another format to the latest; 0 means no tables. Within a transaction of
   * the caller.
   */
  static void convert(Connection connection, int from) throws SQLException {
    convert(connection, from, LAST);
  }

  /**
   * Converts the tables of one format to another; 0 means no tables. Within a transaction of the
   * caller.
   */
  static void convert(Connection connection, int from, int to) throws SQLException {
    for (int format = from + 1; format <= to; format++) {
      if (format == TYPED) {
        showTyped(connection);
      }
      SqlScripts.execute(connection, "format-" + format + ".sql");
    }
    SqlDatabase.execute(connection, "PRAGMA user_version = " + to);
  }

  /** Creates temporary views on this connection that show an older file in the latest format. */
  static void showAsLast(Connection connection, int format) throws SQLException {
    if (format >= SEALED) {
      SqlScripts.execute(connection, "format-4-as-5.sql");
      return;
    }
    if (format < TYPED) {
      showTyped(connection);
    } else {
      SqlDatabase.execute(
          connection,
          "CREATE TEMP VIEW summary AS"
              + " SELECT key, mean, std, length, inserted_at, NULL AS checksum FROM main.summary");
    }
    SqlScripts.execute(connection, "format-3-as-5.sql");
  }

  private static void showTyped(Connection connection) throws SQLException {
    Function.create(connection, "mean_of_samples", new MeanOfSamples());
    Function.create(connection, "std_of_samples", new StdOfSamples());
    Function.create(connection, "text_of_double", new TextOfDouble());
    SqlScripts.execute(connection, "older-formats.sql");
  }

  private static final class MeanOfSamples extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(PointSummary.ofSamples(Blobs.toDoubles(value_blob(0)), Optional.empty()).mean());
    }
  }

  private static final class StdOfSamples extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(PointSummary.ofSamples(Blobs.toDoubles(value_blob(0)), Optional.empty()).std());
    }
  }

  private static final class TextOfDouble extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(Double.toString(value_double(0)));
    }
  }
}
