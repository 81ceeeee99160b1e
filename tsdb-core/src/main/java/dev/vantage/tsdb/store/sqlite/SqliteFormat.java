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
 * The formats of a file: each has a script that makes it from the one before, the first makes it
 * from nothing. A file of an older format is read through views that show it as the last one.
 */
final class SqliteFormat {
  /** The version of the stored format. */
  static final int LAST = Store.CURRENT_FORMAT;

  /** The formats before this one had no checkpoints. */
  static final int WITH_CHECKPOINTS = 2;

  /** The formats before this one had no types of attributes and no summaries. */
  static final int TYPED = 3;

  /** The formats before this one had no checksums but those of points and distances. */
  static final int SEALED = 4;

  private SqliteFormat() {}

  static int of(Connection connection) throws SQLException {
    return Math.toIntExact(SqlDatabase.number(connection, "PRAGMA user_version"));
  }

  /** Makes the tables of this format from those of another; 0 is none. In one transaction. */
  static void convert(Connection connection, int from) throws SQLException {
    convert(connection, from, LAST);
  }

  /** Makes the tables of one format from those of another; 0 is none. In one transaction. */
  static void convert(Connection connection, int from, int to) throws SQLException {
    for (int format = from + 1; format <= to; format++) {
      if (format == TYPED) {
        showTyped(connection);
      }
      SqlScripts.execute(connection, "format-" + format + ".sql");
    }
    SqlDatabase.execute(connection, "PRAGMA user_version = " + to);
  }

  /** Makes views on this connection that show what an older file holds as tables of this format. */
  static void showAsLast(Connection connection, int format) throws SQLException {
    if (format < TYPED) {
      showTyped(connection);
    } else {
      SqlDatabase.execute(
          connection,
          "CREATE TEMP VIEW summary AS"
              + " SELECT key, mean, std, length, inserted_at, NULL AS checksum FROM main.summary");
    }
    SqlScripts.execute(connection, "format-3-as-4.sql");
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
