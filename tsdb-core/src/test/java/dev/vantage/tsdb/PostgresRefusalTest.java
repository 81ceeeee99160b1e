package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Mount;
import dev.vantage.tsdb.testkit.PostgresAccount;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporary refusals of PostgreSQL: nothing is stored, and nothing is damaged. */
@Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresRefusalTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(2);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(1);
  private static final OpenOptions READ_ONLY = OPTIONS.withAccess(OpenOptions.Access.READ_ONLY);

  @TempDir Path temporary;

  private final RandomSeries series = new RandomSeries(1, 16);
  private final PostgresServer server = PostgresServer.shared();
  private String name;
  private EmbeddedTsdb database;
  private Connection admin;

  @BeforeEach
  void open() throws SQLException {
    name = server.createDatabase();
    database = Tsdb.open(server.url(name), OPTIONS);
    database.insert(entry("a"));
    database.insert(entry("b"));
    admin = DriverManager.getConnection(server.jdbcUrl(name));
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
    admin.close();
  }

  private SeriesEntry entry(String id) {
    return new SeriesEntry(id, series.next());
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute(sql);
    }
  }

  private void endOtherSessions() throws SQLException {
    execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  private String refused(String id) {
    UnavailableException e =
        assertThrows(UnavailableException.class, () -> database.insert(entry(id)));
    assertTrue(!e.getMessage().contains("\n"), e.getMessage());
    return e.getMessage();
  }

  private void worksAgain() {
    database.insert(entry("c"));
    assertEquals(List.of("a", "b", "c"), database.ids(IdQuery.first(10)));
    assertEquals(2, database.search(Query.like("a").nearest(5)).neighbors().size());
    assertEquals(List.of(), database.verify(Progress.NONE).problems());
  }

  /** Full disk, memory, temporary files, timeouts, conflicts, standby, rights, I/O, shutdown. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "53100", "53200", "53400", "57014", "55P03", "40001", "40P01", "25006", "42501", "58030",
        "57P01"
      })
  void isUnavailableWhetherAStatementOrTheCommitIsRefused(String state) throws SQLException {
    execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE 'refused for a test' USING ERRCODE = '"
            + state
            + "'; END $$");
    String then = " ON tsdb.series %s FOR EACH ROW EXECUTE FUNCTION refuse()";
    execute("CREATE TRIGGER refuse BEFORE INSERT" + then.formatted(""));
    assertTrue(refused("x").contains("refused for a test"));
    execute("DROP TRIGGER refuse ON tsdb.series");
    execute(
        "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT"
            + then.formatted("DEFERRABLE INITIALLY DEFERRED"));
    assertTrue(refused("y").contains("refused for a test"));
    execute("DROP TRIGGER refuse ON tsdb.series");
    worksAgain();
  }

  @Test
  void aStatementTimeoutIsUnavailable() throws SQLException {
    execute("ALTER DATABASE " + name + " SET statement_timeout = '200ms'");
    endOtherSessions();
    admin.setAutoCommit(false);
    execute("LOCK TABLE tsdb.series IN ACCESS EXCLUSIVE MODE");
    assertTrue(refused("x").contains("hint: statement_timeout"));
    assertThrows(UnavailableException.class, () -> database.get("a"));
    admin.rollback();
    worksAgain();
  }

  @Test
  void whereNothingCanBeWrittenOnlyReadersOpen() throws SQLException {
    execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
    endOtherSessions();
    assertFalse(database.acceptsWrites());
    assertTrue(refused("x").contains("must accept writes (standby=false"));
    String message =
        assertThrows(UnavailableException.class, () -> Tsdb.open(server.url(name), OPTIONS))
            .getMessage();
    assertTrue(message.contains("hint: open it read-only, or on a primary"), message);
    try (EmbeddedTsdb reader = Tsdb.open(server.url(name), READ_ONLY)) {
      assertEquals(List.of("a", "b"), reader.ids(IdQuery.first(10)));
      assertEquals(1, reader.search(Query.like("a").nearest(5)).neighbors().size());
      assertTrue(reader.acceptsWrites(), "a reader asks for none");
    }
    admin.setReadOnly(false);
    execute("SET default_transaction_read_only = off");
    execute("ALTER DATABASE " + name + " RESET default_transaction_read_only");
    endOtherSessions();
    assertTrue(database.acceptsWrites());
    worksAgain();
  }

  @Test
  void aRightThatIsMissingIsNamed() throws SQLException {
    execute("CREATE ROLE reader_" + name + " LOGIN PASSWORD 'reader'");
    String url = server.url(name).replaceFirst("://[^@]*@", "://reader_" + name + ":reader@");
    String rights =
        assertThrows(UnavailableException.class, () -> Tsdb.open(url, READ_ONLY)).getMessage();
    assertTrue(rights.contains("hint: a writer must own the tables"), rights);
    execute("GRANT USAGE ON SCHEMA tsdb TO reader_" + name);
    execute("GRANT SELECT ON ALL TABLES IN SCHEMA tsdb TO reader_" + name);
    try (EmbeddedTsdb reader = Tsdb.open(url, READ_ONLY)) {
      assertEquals(List.of("a", "b"), reader.ids(IdQuery.first(10)));
      execute("REVOKE SELECT ON tsdb.series FROM reader_" + name);
      assertThrows(UnavailableException.class, () -> reader.get("a"));
      execute("GRANT SELECT ON tsdb.series TO reader_" + name);
      assertEquals("a", reader.get("a").id());
      execute("REVOKE USAGE ON SCHEMA tsdb FROM reader_" + name);
      String usage = assertThrows(UnavailableException.class, () -> reader.get("a")).getMessage();
      assertTrue(usage.contains("reason=permission denied for schema tsdb, hint: a w"), usage);
      execute("GRANT USAGE ON SCHEMA tsdb TO reader_" + name);
      assertEquals("a", reader.get("a").id());
    }
    String wrong = url.replace(":reader@", ":wrong@");
    String password =
        assertThrows(UnavailableException.class, () -> Tsdb.open(wrong, READ_ONLY)).getMessage();
    assertTrue(password.contains("password authentication failed"), password);
    execute("DROP OWNED BY reader_" + name);
    execute("DROP ROLE reader_" + name);
  }

  /** PostgreSQL has no such character. */
  @Test
  void listsAfterATextThatNoIdCanBe() {
    assertEquals(List.of("b"), database.ids(IdQuery.first(10).after("a\0z")));
    assertEquals(
        List.of("b"),
        database.ids(IdQuery.first(10).where(Condition.parse("length > 0")).after("a\0z")));
  }

  /** A real one, where file systems can be mounted. */
  @Test
  void aFullDiskIsUnavailable() throws Exception {
    try (Mount disk = Mount.small(temporary.resolve("disk"), 4 << 20)) {
      temporary.toFile().setExecutable(true, false);
      Path space = Files.createDirectory(disk.path().resolve("space"));
      PostgresAccount.give(space);
      execute("CREATE TABLESPACE " + name + " LOCATION '" + space + "'");
      execute("ALTER TABLE tsdb.series SET TABLESPACE " + name);
      double[] many = new Random(1).doubles(900_000).toArray();
      SeriesEntry large = new SeriesEntry("x", TimeSeries.ofValues(many));
      String message =
          assertThrows(UnavailableException.class, () -> database.insert(large)).getMessage();
      assertTrue(message.contains("hint: free space"), message);
      worksAgain();
      execute("ALTER TABLE tsdb.series SET TABLESPACE pg_default");
      execute("DROP TABLESPACE " + name);
    }
  }
}
