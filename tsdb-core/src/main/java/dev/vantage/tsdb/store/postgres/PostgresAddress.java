package dev.vantage.tsdb.store.postgres;

import dev.vantage.tsdb.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/**
 * The address and the credentials of a database in PostgreSQL. Messages never contain passwords or
 * parameters, which may hold secrets. Immutable.
 */
public final class PostgresAddress {
  private static final String JDBC = "jdbc:";
  private static final String SCHEME = "postgresql://";
  private static final String DEFAULT_SCHEMA = "tsdb";
  private static final String RULE =
      "address must be like postgresql://user@host:5432/database?parameter=value";

  private static final String HOST = "([^:/,]*|\\[[0-9a-fA-F:.%]*])(:[0-9]{1,5})?";

  /** Hosts with optional ports, and the name of a database. */
  private static final Pattern SERVER = Pattern.compile(HOST + "(," + HOST + ")*(/.*)?");

  /** The default connection parameters. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "ApplicationName", "tsdb",
          "connectTimeout", "5",
          "loginTimeout", "10",
          // Seconds after which a silent connection counts as lost.
          "socketTimeout", "120",
          // Seconds to wait for a server to accept a cancel request.
          "cancelSignalTimeout", "1",
          "tcpKeepAlive", "true",
          "reWriteBatchedInserts", "true");

  private final String server;
  private final String schema;
  private final Properties properties;

  private PostgresAddress(String server, String schema, Properties properties) {
    this.server = server;
    this.schema = schema;
    this.properties = properties;
  }

  /** Returns whether a location begins like an address of PostgreSQL. */
  static boolean isOne(String location) {
    String lower = location.toLowerCase(Locale.ROOT);
    return lower.startsWith(SCHEME)
        || lower.startsWith("postgres://")
        || lower.startsWith(JDBC + "postgresql:");
  }

  /**
   * Reads an address.
   *
   * @throws StoreException if the address is malformed
   */
  public static PostgresAddress parse(String address) {
    String rest = address.substring(Math.max(0, address.indexOf("://") + "://".length()));
    if (!isOne(address) || !address.contains("://")) {
      throw new StoreException(StoreException.Kind.INVALID_LOCATION, RULE);
    }
    int end = rest.indexOf('?') < 0 ? rest.length() : rest.indexOf('?');
    int slash = rest.indexOf('/') < 0 || rest.indexOf('/') > end ? end : rest.indexOf('/');
    int at = rest.lastIndexOf('@', slash);
    checkNoAtSign(rest.substring(slash));
    String server = rest.substring(at + 1, end);
    Properties given = parameters(rest.substring(Math.min(rest.length(), end + 1)));
    if (at >= 0) {
      String[] account = rest.substring(0, at).split(":", 2);
      given.setProperty("user", decoded(account[0]));
      if (account.length > 1) {
        given.setProperty("password", decoded(account[1]));
      }
    }
    String schema = schema(Optional.ofNullable(given.getProperty("currentSchema")));
    given.setProperty("currentSchema", quoted(schema));
    DEFAULTS.forEach(given::putIfAbsent);
    Optional<String> password = Optional.ofNullable(System.getenv("PGPASSWORD"));
    password.ifPresent(secret -> given.putIfAbsent("password", secret));
    // The driver would log an invalid port, which may be part of a password.
    if (!SERVER.matcher(server).matches()
        || Driver.parseURL(JDBC + SCHEME + server, new Properties()) == null) {
      throw new StoreException(StoreException.Kind.INVALID_LOCATION, RULE);
    }
    return new PostgresAddress(server, schema, given);
  }

  /** Refuses an address that would expose a part of its password in a message or to a host. */
  private static void checkNoAtSign(String afterServer) {
    if (afterServer.indexOf('@') >= 0) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          RULE + ": /, ? and @ in a user, password or parameter must be written %2F, %3F and %40");
    }
  }

  private static Properties parameters(String query) {
    Properties parameters = new Properties();
    for (String parameter : query.split("&")) {
      if (!parameter.isEmpty()) {
        String[] parts = parameter.split("=", 2);
        parameters.setProperty(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "true");
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] given = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < given.length; i++) {
      if (given[i] == '%') {
        bytes.write(hexadecimal(given, ++i) * 16 + hexadecimal(given, ++i));
      } else {
        bytes.write(given[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int hexadecimal(byte[] text, int at) {
    int digit = at < text.length ? Character.digit(text[at], 16) : -1;
    if (digit < 0) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          RULE + ": a % must be followed by two hexadecimal digits");
    }
    return digit;
  }

  /** Reads a name as PostgreSQL does: in lower case, unless it is quoted. */
  private static String schema(Optional<String> name) {
    String given = name.orElse(DEFAULT_SCHEMA).strip();
    boolean inQuotes = given.length() > 2 && given.startsWith("\"") && given.endsWith("\"");
    String schema =
        inQuotes
            ? given.substring(1, given.length() - 1).replace("\"\"", "\"")
            : given.toLowerCase(Locale.ROOT);
    if (schema.isEmpty() || !inQuotes && !schema.matches("[\\p{L}_][\\p{L}\\p{N}_$]*")) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "currentSchema must be one name: currentSchema=" + given);
    }
    return schema;
  }

  /** Quotes a name for SQL. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  String schema() {
    return schema;
  }

  /** Returns the address without user, password and parameters. */
  String shown() {
    return SCHEME + server;
  }

  /**
   * Returns the same with the schema, unless that is the default. The result can be parsed again.
   */
  String shownWithSchema() {
    if (schema.equals(DEFAULT_SCHEMA)) {
      return shown();
    }
    String name = schema.matches("[a-z_][a-z0-9_]*") ? schema : quoted(schema);
    return shown() + "?currentSchema=" + encoded(name);
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = one == '_' || one > 0 && Character.isLetterOrDigit(one);
      encoded.append(plain ? (char) one : String.format("%%%02X", one));
    }
    return encoded.toString();
  }

  public Connection connect() throws SQLException {
    return connect(properties);
  }

  /**
   * Opens a connection that transfers numbers and bytes in binary, several times faster than as
   * text.
   */
  Connection connectToRead() throws SQLException {
    Properties reading = new Properties();
    reading.putAll(properties);
    reading.putIfAbsent("prepareThreshold", "-1");
    return connect(reading);
  }

  private Connection connect(Properties given) throws SQLException {
    Connection connection = new Driver().connect(JDBC + SCHEME + server, given);
    if (connection == null) {
      throw new SQLException(RULE);
    }
    return connection;
  }

  @Override
  public String toString() {
    return shown() + ", schema=" + schema;
  }
}
