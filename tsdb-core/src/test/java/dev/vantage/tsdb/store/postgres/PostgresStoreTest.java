package dev.vantage.tsdb.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.RandomChanges;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreContents;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sql.DurableStoreContract;
import dev.vantage.tsdb.store.sql.StoredByHand;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends DurableStoreContract {
  private PostgresServer server;
  private String database;
  private int made;

  @BeforeEach
  void createDatabase() throws SQLException {
    server = PostgresServer.shared();
    database = server.createDatabase();
  }

  private String address(String schema) {
    return server.url(database) + "?currentSchema=" + schema;
  }

  /** Each store in a schema of its own, in one database. */
  @Override
  protected Place place() {
    String address = address("s" + made++);
    return new Place() {
      @Override
      public Store openToWrite() {
        return PostgresStore.openToWrite(address, new TreeMap<>());
      }

      @Override
      public Store openToRead() {
        return PostgresStore.openToRead(address);
      }
    };
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(database));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertTrue(row.next());
      return row.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void livesInASchemaOfItsOwn() throws SQLException {
    execute("CREATE TABLE series (theirs text)");
    assertFalse(PostgresStore.exists(server.url(database)));
    PostgresStore.openToWrite(server.url(database), new TreeMap<>(Map.of("a", "b"))).close();
    assertTrue(PostgresStore.exists(server.url(database)));
    assertTrue(PostgresStore.exists(server.jdbcUrl(database)));
    assertEquals(
        "theirs",
        text(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'public.series'::regclass AND attnum = 1"));
    assertEquals("3", text("SELECT version FROM tsdb.tsdb_schema"));
    try (Store store = PostgresStore.openToRead(server.jdbcUrl(database))) {
      assertEquals(Map.of("a", "b"), store.properties());
    }
    String other = address("%22Another%20%C3%A9%22");
    assertFalse(PostgresStore.exists(other));
    assertThrows(StoreException.class, () -> PostgresStore.openToRead(other));
    PostgresStore.openToWrite(other, new TreeMap<>()).close();
    assertEquals("3", text("SELECT version FROM \"Another \u00e9\".tsdb_schema"));
  }

  @Test
  void twoThatOpenANewOneAtOnceMakeOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 5; round++) {
        String address = address("race" + round);
        Callable<Boolean> opening =
            () -> {
              try (Store store = PostgresStore.openToWrite(address, new TreeMap<>())) {
                return store.generation() == 0;
              } catch (StoreException e) {
                assertEquals(StoreException.Kind.IN_USE, e.kind());
                return false;
              }
            };
        int opened = 0;
        for (Future<Boolean> one : threads.invokeAll(List.of(opening, opening, opening, opening))) {
          opened += one.get() ? 1 : 0;
        }
        assertTrue(opened >= 1);
        try (Store store = PostgresStore.openToRead(address)) {
          assertEquals(0, store.generation());
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void doesNotSayItsPassword() {
    String address = server.url(database).replaceFirst(":[^:@/]+@", ":se%63ret@");
    String message =
        assertThrows(StoreException.class, () -> PostgresStore.openToRead(address)).getMessage();
    assertTrue(message.contains("password authentication failed"), message);
    assertFalse(message.contains("secret") || message.contains("se%63ret"), message);
    String nowhere = "postgresql://u:secret@127.0.0.1:1/db?password=secret";
    StoreException unavailable =
        assertThrows(StoreException.class, () -> PostgresStore.exists(nowhere));
    assertEquals(StoreException.Kind.UNAVAILABLE, unavailable.kind());
    assertFalse(unavailable.toString().contains("secret"), unavailable.getMessage());
    assertEquals("postgresql://127.0.0.1:1/db", PostgresStore.shown(nowhere));
    for (String wrong :
        List.of(
            "postgresql://u:secret@host:port/db",
            "postgresql://u:secret%@host/db",
            "postgresql:u:secret@host",
            "postgresql://u:secret@host/db?currentSchema=a,b")) {
      StoreException refused =
          assertThrows(StoreException.class, () -> PostgresStore.exists(wrong), wrong);
      assertFalse(refused.toString().contains("secret"), refused.getMessage());
    }
  }

  @Test
  void isNotBackedUpToAFile() {
    try (Store store = make()) {
      assertTrue(
          assertThrows(StoreException.class, () -> store.backup(Path.of("file")))
              .getMessage()
              .contains("pg_dump"));
    }
  }

  @Test
  void refusesAVersionThatItDoesNotKnow() throws SQLException {
    PostgresStore.openToWrite(server.url(database), new TreeMap<>()).close();
    execute("UPDATE tsdb.tsdb_schema SET version = 99");
    assertThrows(StoreException.class, () -> PostgresStore.openToRead(server.url(database)));
    assertThrows(
        StoreException.class,
        () -> PostgresStore.openToWrite(server.url(database), new TreeMap<>()));
  }

  /** Migrates a schema of an earlier release. */
  @Test
  void makesTheNewVersionOfAnOldOne() throws Exception {
    execute("CREATE SCHEMA tsdb");
    String tables;
    try (InputStream in =
        getClass().getResourceAsStream("/dev/vantage/tsdb/postgresql-1-as-released.sql")) {
      tables = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    execute("SET search_path TO tsdb;" + tables);
    execute(
        """
        SET search_path TO tsdb;
        INSERT INTO property VALUES ('made', 'before');
        UPDATE progress SET generation = 9, last_key = 40, change_id = 5;
        INSERT INTO attribute_type VALUES ('n', 'long'), ('t', 'text');
        INSERT INTO series SELECT k, 's' || k, '', '', 0, 0 FROM generate_series(1, 40) k;
        INSERT INTO summary SELECT k, 0.1 * k, 2, 8, k FROM generate_series(1, 40) k;
        INSERT INTO attribute SELECT k, 'n', NULL, k, NULL FROM generate_series(1, 40) k;
        INSERT INTO attribute SELECT k, 't', NULL, NULL, 'x' FROM generate_series(1, 40) k;
        INSERT INTO distance_row SELECT k, '', 0 FROM generate_series(1, 40) k
        """);
    String url = server.url(database);
    StoreException refused =
        assertThrows(StoreException.class, () -> PostgresStore.openToRead(url));
    assertTrue(refused.getMessage().contains("version=1"), refused.getMessage());
    PostgresStore.openToWrite(url, new TreeMap<>()).close();
    assertEquals("3", text("SELECT version FROM tsdb.tsdb_schema"));
    try (Store store = PostgresStore.openToRead(url)) {
      assertEquals(Map.of("made", "before"), store.properties());
      assertEquals(9, store.generation());
      assertEquals(40, store.lastKey());
      List<DescribedSeries> described = new ArrayList<>();
      store.read(
          snapshot -> {
            snapshot.describe(described::add);
            snapshot.checkSeries(LongStream.rangeClosed(1, 40).map(Revision::checksumOf).sum());
            return snapshot.attributeTypes();
          });
      assertEquals(40, described.size());
      execute("UPDATE tsdb.summary SET inserted_at = 8 WHERE key = 7");
      assertThrows(
          StoreException.class,
          () ->
              store.read(
                  snapshot -> {
                    snapshot.describe(one -> {});
                    return true;
                  }));
    }
  }

  /** The history goes on, so that readers need not read everything again. */
  @Test
  void makesTheNewVersionOfTheOneBefore() throws Exception {
    RandomChanges changes = new RandomChanges(Seeds.random("version 2"));
    String url = server.url(database);
    StoreContents contents;
    Revision revision;
    try (Store store = PostgresStore.openToWrite(url, new TreeMap<>())) {
      for (int i = 0; i < 10; i++) {
        store.apply(changes.next());
      }
      contents = StoreContents.of(store);
      revision = store.revision();
    }
    StoredByHand.makeVersionTwo(url);
    StoreException refused =
        assertThrows(StoreException.class, () -> PostgresStore.openToRead(url));
    assertTrue(refused.getMessage().contains("version=2"), refused.getMessage());
    try (Store store = PostgresStore.openToWrite(url, new TreeMap<>())) {
      assertEquals(contents, StoreContents.of(store));
      assertEquals(revision, store.revision());
      store.apply(changes.nextOfAttributes());
      store.read(
          snapshot -> {
            assertEquals(0, snapshot.removedSince(revision).orElseThrow().length);
            assertEquals(1, snapshot.attributesChangedSince(revision).length);
            return true;
          });
      assertEquals(List.of(), store.check());
    }
  }

  @Test
  void refusesEncodingsThatLackCharacters() throws SQLException {
    for (String encoding : List.of("LATIN1", "SQL_ASCII")) {
      String name = database + encoding.toLowerCase(Locale.ROOT);
      execute(
          "CREATE DATABASE %s ENCODING '%s' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"
              .formatted(name, encoding));
      StoreException refused =
          assertThrows(
              StoreException.class,
              () -> PostgresStore.openToWrite(server.url(name), new TreeMap<>()));
      assertEquals(StoreException.Kind.INVALID_LOCATION, refused.kind());
      assertTrue(refused.getMessage().contains("encoding=" + encoding), refused.getMessage());
      assertFalse(PostgresStore.exists(server.url(name)));
    }
  }

  @Test
  void findsRowsThatDoNotBelongTogether() throws SQLException {
    RandomChanges changes = new RandomChanges(Seeds.random("structure"));
    try (Store store = PostgresStore.openToWrite(server.url(database), new TreeMap<>())) {
      for (int i = 0; i < 20; i++) {
        store.apply(changes.next());
      }
      assertEquals(List.of(), store.check());
      List<String> damages = new ArrayList<>();
      damages.add(
          "UPDATE tsdb.summary SET key = -1 WHERE key = (SELECT max(key) FROM tsdb.summary)");
      damages.add("DELETE FROM tsdb.distance_row WHERE key = (SELECT max(key) FROM tsdb.series)");
      damages.add("UPDATE tsdb.progress SET last_key = 0");
      for (String damage : damages) {
        int found = store.check().size();
        execute("SET session_replication_role = replica; " + damage);
        assertTrue(store.check().size() > found, damage);
      }
    }
  }
}
