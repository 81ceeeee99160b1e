package dev.vantage.tsdb.store.postgres;

import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.TimeLimit;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.SqlDialect;
import dev.vantage.tsdb.store.sql.SqlScripts;
import dev.vantage.tsdb.store.sql.SqlSeals;
import dev.vantage.tsdb.store.sql.SqlTransactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/**
 * Thread-safe. A database in a schema of PostgreSQL: recognises and creates it, and translates its
 * errors.
 */
public final class PostgresDatabase implements SqlDatabase {
  /** The current version of the schema. */
  static final int VERSION = 3;

  /** The first version with checksums of more than points and distances. */
  private static final int SEALED = 2;

  /** The SQLSTATE of a write on a read-only server or session. */
  static final String READ_ONLY = "25006";

  private static final String NO_TABLE = "42P01";
  private static final String NO_RIGHT = "42501";

  private static final int ROWS_AT_ONCE = 5000;

  /**
   * The SQLSTATEs of a server that is shutting down, has crashed or is starting, of a session that
   * was idle too long, and of too many connections.
   */
  private static final Set<String> AWAY =
      Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "53300");

  /**
   * SQLSTATEs, or their classes, of failures that can pass, or that an operator can repair, while
   * this process runs; nothing of the failed write is stored. Resources, operator intervention,
   * I/O, locks, conflicts, passwords; a missing database, schema, table or permission; a standby.
   */
  private static final List<String> PASSING =
      List.of("53", "57", "58", "55", "40", "28", "3D000", "3F000", NO_TABLE, NO_RIGHT, READ_ONLY);

  /** Hints by SQLSTATE, where the message of PostgreSQL has none. */
  private static final Map<String, String> HINTS =
      Map.of(
          READ_ONLY,
          "open it read-only, or on a primary with default_transaction_read_only off",
          NO_RIGHT,
          "a writer must own the tables, a reader needs USAGE and SELECT",
          "53100",
          "free space where PostgreSQL keeps its data",
          "57014",
          "statement_timeout of PostgreSQL may be too short");

  private static final Set<String> CORRUPTED = Set.of("XX001", "XX002");

  private final PostgresAddress address;
  private final LongSupplier nanoTime;

  /**
   * A database that exists or is to be made.
   *
   * @param address where it is
   * @param nanoTime the clock of waits for other sessions, like {@link System#nanoTime}
   */
  public PostgresDatabase(PostgresAddress address, LongSupplier nanoTime) {
    this.address = address;
    this.nanoTime = nanoTime;
  }

  public PostgresAddress address() {
    return address;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  /** Returns whether the schema holds a database of tsdb. */
  boolean isThere(Connection connection) throws SQLException {
    String sql = "SELECT to_regclass(?) IS NOT NULL";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, PostgresAddress.quoted(address.schema()) + ".tsdb_schema");
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /**
   * Returns whether a new session could write: on a primary, and not read-only by default. The
   * settings of this session do not matter.
   */
  static boolean acceptsWrites(Connection connection) throws SQLException {
    return SqlDatabase.number(
            connection,
            "SELECT CASE WHEN pg_is_in_recovery() OR reset_val = 'on' THEN 0 ELSE 1 END"
                + " FROM pg_settings WHERE name = 'default_transaction_read_only'")
        == 1;
  }

  /** Refuses a schema version that this software cannot read. */
  void checkVersion(Connection connection) throws SQLException {
    long version = SqlDatabase.number(connection, "SELECT version FROM tsdb_schema");
    if (version != VERSION) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "database must be of version " + VERSION + ": version=" + version + ", " + place());
    }
  }

  /**
   * Creates missing tables and converts older ones to this version, in one transaction. The caller
   * must hold the writer's lock.
   */
  void make(Connection connection, Map<String, String> properties) throws SQLException {
    SqlTransactions.execute(connection, own -> makeWithin(own, properties));
    checkVersion(connection);
  }

  /** Does the same as {@link #make}, in a transaction that the caller ends. */
  void makeWithin(Connection connection, Map<String, String> properties) throws SQLException {
    int from = 0;
    if (isThere(connection)) {
      from = Math.toIntExact(SqlDatabase.number(connection, "SELECT version FROM tsdb_schema"));
    } else {
      checkEncoding(connection);
      makeSchema(connection);
    }
    for (int version = from + 1; version <= VERSION; version++) {
      SqlScripts.execute(connection, "postgresql-" + version + ".sql");
    }
    if (from == 0) {
      SqlDatabase.addProperties(connection, properties);
    }
    if (from < SEALED) {
      SqlSeals.make(this, connection);
    } else if (from < VERSION) {
      SqlSeals.addSeriesGeneration(this, connection);
    }
  }

  /** Checks the encoding: ids and attributes may have any Unicode character. */
  private void checkEncoding(Connection connection) throws SQLException {
    String encoding = SqlDatabase.text(connection, "SHOW server_encoding");
    if (!encoding.equals("UTF8")) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "database must be encoded in UTF8: encoding=" + encoding + ", " + place());
    }
  }

  /**
   * Creates the schema if it does not exist. CREATE SCHEMA needs a permission that the owner of an
   * existing schema may lack.
   */
  private void makeSchema(Connection connection) throws SQLException {
    String sql = "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, address.schema());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (row.getInt(1) == 0) {
          SqlDatabase.execute(
              connection, "CREATE SCHEMA " + PostgresAddress.quoted(address.schema()));
        }
      }
    }
  }

  @Override
  public String place() {
    return "database=" + address.shown() + ", schema=" + address.schema();
  }

  @Override
  public SqlDialect dialect() {
    return SqlDialect.POSTGRESQL;
  }

  @Override
  public int rowsAtOnce() {
    return ROWS_AT_ONCE;
  }

  @Override
  public boolean waitsForConnections() {
    return true;
  }

  @Override
  public void waitForLocks(Connection connection, TimeLimit limit) {
    // A thread that waits for a lock can be interrupted.
  }

  /**
   * Cancels the running statement. Returns after PostgreSQL has signalled its process, so no later
   * statement can be cancelled by mistake.
   */
  @Override
  public void interrupt(Connection connection) throws SQLException {
    connection.unwrap(PGConnection.class).cancelQuery();
  }

  @Override
  public void abandon(Connection connection) throws SQLException {
    connection.unwrap(PgConnection.class).abort(Runnable::run);
  }

  @Override
  public boolean hasCheckpoints(Connection connection) {
    return true;
  }

  @Override
  public List<String> check(Connection connection) throws SQLException {
    return PostgresIntegrity.problems(this, connection);
  }

  /** Returns whether the connection was lost, as opposed to a refused statement. */
  static boolean isLost(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return e instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || AWAY.contains(state);
  }

  @Override
  public StoreException failure(String what, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    StoreException.Kind kind = StoreException.Kind.FAILED;
    if (isLost(e) || PASSING.stream().anyMatch(state::startsWith)) {
      kind = StoreException.Kind.UNAVAILABLE;
    } else if (CORRUPTED.contains(state)) {
      kind = StoreException.Kind.DAMAGED;
    }
    String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    if (state.equals(NO_TABLE) && lacksUsage()) {
      state = NO_RIGHT;
      reason = "permission denied for schema " + address.schema();
    }
    String hint = HINTS.containsKey(state) ? ", hint: " + HINTS.get(state) : "";
    return new StoreException(
        kind, what + ": " + place() + ", reason=" + oneLine(reason) + hint, e);
  }

  /**
   * Returns whether the user lacks USAGE on the schema. PostgreSQL then reports the tables as
   * missing.
   */
  private boolean lacksUsage() {
    String sql =
        "SELECT NOT has_schema_privilege(oid, 'USAGE') FROM pg_catalog.pg_namespace"
            + " WHERE nspname = ?";
    try (Connection connection = address.connect();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, address.schema());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    } catch (SQLException e) {
      return false;
    }
  }

  private static String oneLine(String text) {
    return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
