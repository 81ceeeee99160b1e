package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.Mount;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Calls end at their deadline although PostgreSQL keeps them waiting. */
@Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresDeadlineTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(2);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);
  private static final Condition WHERE = Condition.parse("n >= 0");

  private final RandomSeries series = new RandomSeries(1, 16);
  private EmbeddedTsdb database;
  private Tsdb impatient;
  private Connection other;

  @BeforeEach
  void open() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    String name = server.createDatabase();
    database = Tsdb.open(server.url(name), OPTIONS);
    impatient = database.withTimeout(Duration.ofMillis(300));
    for (int i = 0; i < 5; i++) {
      database.insert(entry(i));
    }
    other = DriverManager.getConnection(server.jdbcUrl(name));
  }

  @AfterEach
  void close() throws SQLException {
    other.close();
    database.close();
  }

  private SeriesEntry entry(int number) {
    return new SeriesEntry("s" + number, series.next(), Attributes.none().with("n", (long) number));
  }

  private static void assertExceeded(Executable call) {
    DeadlineExceededException e = assertThrows(DeadlineExceededException.class, call);
    assertTrue(e.getMessage().contains("time"), e.getMessage());
  }

  private void lock(String... tables) throws SQLException {
    other.setAutoCommit(false);
    try (Statement statement = other.createStatement()) {
      for (String table : tables) {
        statement.execute("LOCK TABLE tsdb." + table + " IN ACCESS EXCLUSIVE MODE");
      }
    }
  }

  @Test
  void endsWhatWaitsForALock() throws SQLException {
    lock("series", "attribute_type");
    assertExceeded(() -> impatient.get("s1"));
    assertExceeded(() -> impatient.ids(IdQuery.first(10)));
    assertExceeded(() -> impatient.ids(IdQuery.first(10).where(WHERE).after("")));
    assertExceeded(() -> impatient.select(Select.columns("id", "n")));
    assertExceeded(() -> impatient.attributeTypes());
    assertExceeded(() -> impatient.insert(entry(10)));
    assertExceeded(() -> impatient.put(entry(4)));
    assertExceeded(() -> impatient.delete("s4"));
    assertExceeded(() -> impatient.setAttributes("s4", AttributeChanges.removing(Set.of("n"))));
    assertExceeded(() -> impatient.declareAttribute("m", AttributeValue.Type.LONG));
    other.rollback();
    assertEquals(List.of("s0", "s1", "s2", "s3", "s4"), database.ids(IdQuery.first(10)));
    assertEquals(Set.of("n"), database.attributeTypes().declared().keySet());
    insertsAgain(11);
    assertEquals(List.of(), database.verify(Progress.NONE).problems());
  }

  private void insertsAgain(int number) {
    database.withTimeout(Duration.ofMinutes(1)).insert(entry(number));
    assertEquals("s" + number, database.get("s" + number).id());
  }

  /** One load serves all waiting calls, and continues when no call waits. */
  @Test
  void attributesAreLoadedThoughEachWaitIsShort() throws SQLException {
    lock("attribute");
    Query query = Query.like("any").nearest(3).where("n >= 0");
    assertExceeded(() -> impatient.search(query.about("s1")));
    assertExceeded(() -> impatient.search(query.about("s1")));
    other.rollback();
    assertEquals(3, database.search(query.about("s1")).neighbors().size());
    assertEquals(5, impatient.ids(IdQuery.first(10).where(WHERE).after("")).size());
  }

  /** A stopped process of PostgreSQL does not even react to a cancel request. */
  @Test
  void givesUpConnectionsThatDoNotAnswer() throws Exception {
    database.ids(IdQuery.first(1));
    List<Long> stopped = processes();
    for (long process : stopped) {
      assertTrue(Mount.succeeds(List.of("kill", "-STOP", Long.toString(process))));
    }
    try {
      assertExceeded(() -> impatient.get("s1"));
      assertExceeded(() -> impatient.delete("s4"));
    } finally {
      for (long process : stopped) {
        Mount.succeeds(List.of("kill", "-CONT", Long.toString(process)));
      }
    }
    assertEquals("s1", database.get("s1").id());
    insertsAgain(12);
    assertEquals(List.of(), database.verify(Progress.NONE).problems());
  }

  private List<Long> processes() throws SQLException {
    String sql =
        "SELECT pid FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()";
    try (PreparedStatement select = other.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<Long> processes = new ArrayList<>();
      while (rows.next()) {
        processes.add(rows.getLong(1));
      }
      return processes;
    }
  }
}
