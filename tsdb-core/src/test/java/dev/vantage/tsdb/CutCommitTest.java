package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.postgres.PostgresStore;
import dev.vantage.tsdb.testkit.CuttingProxy;
import dev.vantage.tsdb.testkit.CuttingProxy.Cut;
import dev.vantage.tsdb.testkit.PostgresServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection is lost during a commit, so the answer is lost too. */
@Tag("long")
class CutCommitTest {
  private static final AttributeChanges NUMBER =
      AttributeChanges.setting(Attributes.none().with("number", 999));
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(5).withVantagePoints(4);

  private CuttingProxy proxy;
  private String direct;
  private EmbeddedTsdb database;

  @BeforeEach
  void open() throws Exception {
    PostgresServer server = PostgresServer.shared();
    direct = server.url(server.createDatabase());
    int port = URI.create(direct).getPort();
    proxy = new CuttingProxy(port);
    String address = direct.replace(":" + port + "/", ":" + proxy.port() + "/");
    database =
        Tsdb.open(
            address + "?prepareThreshold=0",
            OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2));
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      entries.add(entry(i));
    }
    database.insertAll(entries);
  }

  @AfterEach
  void close() throws Exception {
    proxy.comeBack();
    database.close();
    proxy.close();
  }

  private static SeriesEntry entry(int number) {
    return new SeriesEntry(
        "s" + number,
        TimeSeries.ofValues(new Random(number).doubles(40, -1, 1).toArray()),
        Attributes.none().with("number", (long) number));
  }

  private String freeId() {
    List<String> vantagePoints = database.stats().vantagePoints();
    return database.ids(IdQuery.first(100)).stream()
        .filter(id -> !vantagePoints.contains(id))
        .findFirst()
        .orElseThrow();
  }

  /** Checks that index and store have the same complete data. */
  private void check(int series) {
    ScanModel model = new ScanModel(SETTINGS);
    for (String id : database.ids(IdQuery.first(100))) {
      model.put(id, database.get(id).series());
    }
    assertEquals(series, model.size());
    assertEquals(series, database.stats().series());
    for (String id : model.ids()) {
      Query query = Query.like("any").nearest(6);
      assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors());
    }
    assertEquals(List.of(), database.verify(Progress.NONE).problems());
  }

  @Test
  void aChangeThatWasStoredIsAcknowledged() {
    proxy.cutAtCommit(Cut.AFTER, false);
    database.insert(entry(10));
    check(11);
    proxy.cutAtCommit(Cut.AFTER, false);
    database.delete(freeId());
    check(10);
    proxy.cutAtCommit(Cut.AFTER, false);
    assertEquals(5, database.addVantagePoint(freeId()));
    check(10);
    proxy.cutAtCommit(Cut.AFTER, false);
    String id = freeId();
    database.setAttributes(id, NUMBER);
    assertEquals(NUMBER.set(), database.get(id).attributes());
    proxy.cutAtCommit(Cut.AFTER, false);
    database.delete(database.stats().vantagePoints().get(0));
    check(9);
    database.insert(entry(11));
    check(10);
  }

  @Test
  void aChangeThatWasNotStoredIsRefusedAndLeavesNothing() {
    proxy.cutAtCommit(Cut.BEFORE, false);
    UnavailableException refused =
        assertThrows(UnavailableException.class, () -> database.insert(entry(10)));
    assertTrue(refused.getMessage().contains("is not stored"), refused.getMessage());
    check(10);
    proxy.cutAtCommit(Cut.BEFORE, false);
    String free = freeId();
    assertThrows(UnavailableException.class, () -> database.delete(free));
    proxy.cutAtCommit(Cut.BEFORE, false);
    assertThrows(UnavailableException.class, () -> database.setAttributes(free, NUMBER));
    assertNotEquals(NUMBER.set(), database.get(free).attributes());
    proxy.cutAtCommit(Cut.BEFORE, false);
    assertThrows(UnavailableException.class, () -> database.addVantagePoint(free));
    check(10);
    proxy.cutAtCommit(Cut.BEFORE, false);
    String vantagePoint = database.stats().vantagePoints().get(0);
    assertThrows(UnavailableException.class, () -> database.delete(vantagePoint));
    check(10);
    assertEquals(4, database.stats().vantagePoints().size());
    database.insert(entry(10));
    check(11);
  }

  /** Whichever it was, the next write finds out first. */
  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "AFTER"})
  void aChangeOfWhichNothingIsKnownIsTakenUpLater(Cut cut) {
    String free = freeId();
    proxy.cutAtCommit(cut, true);
    OutcomeUnknownException unknown =
        assertThrows(OutcomeUnknownException.class, () -> database.addVantagePoint(free));
    assertTrue(unknown.getMessage().startsWith(OutcomeUnknownException.RULE));
    assertEquals(4, database.stats().vantagePoints().size());
    assertThrows(UnavailableException.class, () -> database.insert(entry(11)));
    proxy.comeBack();
    database.insert(entry(12));
    assertEquals(cut == Cut.AFTER ? 5 : 4, database.stats().vantagePoints().size());
    check(11);
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "AFTER"})
  void aChangeOfAttributesOfWhichNothingIsKnownIsTakenUpLater(Cut cut) {
    String free = freeId();
    Query query = Query.like(free).nearest(9).includingSelf().where("number = 999");
    assertEquals(List.of(), database.search(query).neighbors());
    proxy.cutAtCommit(cut, true);
    assertThrows(OutcomeUnknownException.class, () -> database.setAttributes(free, NUMBER));
    proxy.comeBack();
    database.refresh();
    assertEquals(cut == Cut.AFTER ? 1 : 0, database.search(query).neighbors().size());
    assertEquals(cut == Cut.AFTER, database.get(free).attributes().equals(NUMBER.set()));
    database.setAttributes(free, NUMBER);
    assertEquals(1, database.search(query).neighbors().size());
    check(10);
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "AFTER"})
  void orTheNextRefreshDoes(Cut cut) {
    SeriesEntry entry =
        new SeriesEntry("s10", entry(10).series(), Attributes.none().with("seen", "text"));
    proxy.cutAtCommit(cut, true);
    assertThrows(OutcomeUnknownException.class, () -> database.insert(entry));
    assertThrows(UnavailableException.class, database::refresh);
    proxy.comeBack();
    database.refresh();
    check(cut == Cut.AFTER ? 11 : 10);
    // The attribute that the change declared is known, or can be declared again.
    SeriesEntry other =
        new SeriesEntry("s11", entry(11).series(), Attributes.none().with("seen", true));
    if (cut == Cut.AFTER) {
      assertThrows(IllegalArgumentException.class, () -> database.insert(other));
    } else {
      database.insert(other);
    }
    try (Store store = PostgresStore.openToRead(direct)) {
      assertEquals(
          Optional.of(cut == Cut.AFTER ? Type.TEXT : Type.BOOLEAN),
          store.attributeTypes().type("seen"));
    }
  }
}
