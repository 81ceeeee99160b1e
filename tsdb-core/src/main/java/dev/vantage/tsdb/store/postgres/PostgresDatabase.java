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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** A database in a schema of PostgreSQL: how it is recognised and made, what its errors mean. */
public final class PostgresDatabase implements SqlDatabase {
  /** The version of the schema. */
  static final int VERSION = 2;

  /** The versions before this one had no checksums but those of points and distances. */
  private static final int SEALED = 2;

  /** The state of a refused write where nothing can be written. */
  static final String READ_ONLY = "25006";

  private static final String NO_TABLE = "42P01";
  private static final String NO_RIGHT = "42501";

  private static final int ROWS_AT_ONCE = 5000;

  /** Being shut down, crashed, starting; a session that was idle too long; too many connections. */
  private static final Set<String> AWAY =
      Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "53300");

  /**
   * States, or classes of states, that time or somebody can end without a restart of this process;
   * what failed so is not stored. Resources, refusals by an operator, I/O, locks, conflicts,
   * passwords; and a database, schema or table that is not there, a right that is missing, a
   * standby.
   */
  private static final List<String> PASSING =
      List.of("53", "57", "58", "55", "40", "28", "3D000", "3F000", NO_TABLE, NO_RIGHT, READ_ONLY);

  /** What can be done, by state, where PostgreSQL itself does not say so. */
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

  /** Tables whose every row belongs to a series. */
  private static final List<String> ROWS_OF_SERIES =
      List.of("attribute", "summary", "distance_row", "vantage_point");

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

  /** Whether the schema holds a database of ours. */
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
   * Whether a new session could write: on a primary, and not read-only by default. A session that
   * reads knows, whatever it is set to itself.
   */
  static boolean acceptsWrites(Connection connection) throws SQLException {
    return SqlDatabase.number(
            connection,
            "SELECT CASE WHEN pg_is_in_recovery() OR reset_val = 'on' THEN 0 ELSE 1 END"
                + " FROM pg_settings WHERE name = 'default_transaction_read_only'")
        == 1;
  }

  /** Refuses a version that this cannot read. */
  void checkVersion(Connection connection) throws SQLException {
    long version = SqlDatabase.number(connection, "SELECT version FROM tsdb_schema");
    if (version != VERSION) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "database must be of version " + VERSION + ": version=" + version + ", " + place());
    }
  }

  /**
   * Makes the tables where there are none, and brings older ones to this version, in one
   * transaction. The caller must have the writer's lock, so that nobody else does so meanwhile.
   */
  void make(Connection connection, Map<String, String> properties) throws SQLException {
    SqlTransactions.execute(connection, own -> makeWithin(own, properties));
    checkVersion(connection);
  }

  /** Does what {@link #make} does, in a transaction that the caller ends. */
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
    }
  }

  /** Ids and attributes may have any character. */
  private void checkEncoding(Connection connection) throws SQLException {
    String encoding = SqlDatabase.text(connection, "SHOW server_encoding");
    if (!encoding.equals("UTF8")) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "database must be encoded in UTF8: encoding=" + encoding + ", " + place());
    }
  }

  /** Only where there is none, for that needs a right which a user of an old one may not have. */
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
    // Waiting for a lock ends when it is interrupted.
  }

  /** Returns when PostgreSQL has told its process, so that no later statement is meant. */
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

  /** Pages are for PostgreSQL to check; here, that what refers to a series has one. */
  @Override
  public List<String> check(Connection connection) throws SQLException {
    List<String> problems = new ArrayList<>();
    for (String table : ROWS_OF_SERIES) {
      count(
          connection,
          "SELECT count(*) FROM "
              + table
              + " t LEFT JOIN series s ON s.key = t.key"
              + " WHERE s.key IS NULL",
          "every row must be of a stored series: table=" + table,
          problems);
    }
    for (String table : List.of("summary", "distance_row")) {
      count(
          connection,
          "SELECT count(*) FROM series s LEFT JOIN "
              + table
              + " t ON t.key = s.key"
              + " WHERE t.key IS NULL",
          "every series must have a row: table=" + table,
          problems);
    }
    count(
        connection,
        "SELECT count(*) FROM attribute a LEFT JOIN attribute_type t ON t.name = a.name"
            + " WHERE t.name IS NULL",
        "every attribute must have a type: table=attribute",
        problems);
    count(
        connection,
        "SELECT count(*) FROM attribute a JOIN attribute_type t ON t.name = a.name"
            + " WHERE (double_value IS NULL) <> (t.type <> 'double')"
            + " OR (long_value IS NULL) <> (t.type IN ('double', 'text'))"
            + " OR (text_value IS NULL) <> (t.type <> 'text')"
            + " OR t.type = 'boolean' AND long_value NOT IN (0, 1)",
        "values must be of the types of their attributes: table=attribute",
        problems);
    count(
        connection,
        "SELECT count(*) FROM series s, progress p WHERE s.key > p.last_key",
        "storage keys must be those that were used: table=series",
        problems);
    return problems;
  }

  private void count(Connection connection, String sql, String rule, List<String> problems)
      throws SQLException {
    long found = SqlDatabase.number(connection, sql);
    if (found > 0) {
      problems.add(rule + ", found=" + found + ", " + place());
    }
  }

  /** Whether a connection has been lost, rather than a statement refused. */
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

  /** Without that right PostgreSQL does not find the tables, and says that there are none. */
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
