package dev.vantage.tsdb.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
  static final int LAST = 3;

  /** The format before this one had no types of attributes and no summaries. */
  private static final int TYPED = 3;

  private SqliteFormat() {}

  static int of(Connection connection) throws SQLException {
    return Math.toIntExact(SqliteFile.number(connection, "PRAGMA user_version"));
  }

  /** Makes the tables of this format from those of another; 0 is none. In one transaction. */
  static void convert(Connection connection, int from) throws SQLException {
    for (int format = from + 1; format <= LAST; format++) {
      if (format == TYPED) {
        showAsLast(connection);
      }
      execute(connection, "format-" + format + ".sql");
    }
    SqliteFile.execute(connection, "PRAGMA user_version = " + LAST);
  }

  /** Makes views on this connection that show what an older file holds as tables of this format. */
  static void showAsLast(Connection connection) throws SQLException {
    Function.create(connection, "mean_of_samples", new MeanOfSamples());
    Function.create(connection, "std_of_samples", new StdOfSamples());
    Function.create(connection, "text_of_double", new TextOfDouble());
    execute(connection, "older-formats.sql");
  }

  private static void execute(Connection connection, String script) throws SQLException {
    for (String sql : read(script).split(";\\R")) {
      if (!sql.isBlank()) {
        SqliteFile.execute(connection, sql);
      }
    }
  }

  private static String read(String script) {
    try (InputStream in = SqliteFormat.class.getResourceAsStream(script)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class MeanOfSamples extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(Summary.ofSamples(Blobs.toDoubles(value_blob(0)), Optional.empty()).mean());
    }
  }

  private static final class StdOfSamples extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(Summary.ofSamples(Blobs.toDoubles(value_blob(0)), Optional.empty()).std());
    }
  }

  private static final class TextOfDouble extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(Double.toString(value_double(0)));
    }
  }
}
