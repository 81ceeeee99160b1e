package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.VerifyOptions;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Mount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose storage fails: its answers during the fault and afterwards. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class FaultyServerTest {
  private static final int OK = 0;
  private static final int UNKNOWN_ERROR = 1;
  private static final int UNAVAILABLE = 6;
  private static final int SERIES = 600; // more than the cache of a connection holds
  private static final int POINTS = 1000;

  @TempDir Path directory;

  private final List<SeriesEntry> entries = new ArrayList<>();
  private ServerProcess server;

  @BeforeEach
  void start() throws IOException {
    Settings settings = Settings.DEFAULT.withLength(64).withVantagePoints(3);
    OpenOptions options = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.CREATE);
    try (Tsdb database = Tsdb.open(path(), options.withSettings(settings))) {
      for (int i = 0; i < SERIES; i++) {
        double[] values = new Random(i).doubles(POINTS).toArray();
        entries.add(new SeriesEntry("s" + i, TimeSeries.ofValues(values)));
      }
      database.insertAll(entries);
    }
    server = ServerProcess.start(path(), 0);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private Path path() {
    return directory.resolve("db");
  }

  private Path file() {
    return path().resolve("tsdb.sqlite");
  }

  private static String insert(String id) {
    return "{\"op\":\"insert\",\"id\":\"" + id + "\",\"ts\":" + values(id) + "}";
  }

  private static String values(String id) {
    return Arrays.toString(new Random(id.hashCode()).doubles(POINTS).toArray());
  }

  private static void assertStatus(int status, JsonNode answer) {
    assertEquals(status, answer.get("status").intValue(), answer::toString);
  }

  /** Everything that needs no write. */
  private void assertReads(RawClient client) throws IOException {
    assertStatus(OK, client.answer("{\"op\":\"ping\"}"));
    assertStatus(OK, client.answer("{\"op\":\"stats\"}"));
    assertStatus(OK, client.answer("{\"op\":\"with_id\",\"id\":\"s7\",\"k\":3}"));
    assertStatus(OK, client.answer("{\"op\":\"with_ts\",\"ts\":" + values("q") + "}"));
  }

  private String assertUnavailable(RawClient client) throws IOException {
    JsonNode answer = client.answer(insert("refused"));
    assertStatus(UNAVAILABLE, answer);
    assertStatus(UNAVAILABLE, client.answer("{\"op\":\"delete\",\"id\":\"" + free(client) + "\"}"));
    assertStatus(
        UNAVAILABLE, client.answer("{\"op\":\"add_attribute\",\"name\":\"a\",\"type\":\"text\"}"));
    assertReads(client);
    return answer.get("message").textValue();
  }

  private static String free(RawClient client) throws IOException {
    List<String> vantagePoints = new ArrayList<>();
    client
        .payload("{\"op\":\"stats\"}")
        .get("vantage_points")
        .forEach(id -> vantagePoints.add(id.textValue()));
    return Stream.iterate(0, i -> i + 1)
        .map(i -> "s" + i)
        .filter(id -> !vantagePoints.contains(id))
        .findFirst()
        .orElseThrow();
  }

  private void assertSound() {
    server.close();
    VerifyOptions all = VerifyOptions.ALL;
    assertEquals(
        List.of(), EmbeddedTsdb.verify(path().toString(), all, (series, of) -> {}).problems());
    try (Tsdb database = Tsdb.open(path())) {
      entries.forEach(entry -> assertEquals(entry, database.get(entry.id())));
      assertFalse(database.ids(IdQuery.first(1000)).contains("refused"));
    }
  }

  private long openFiles() throws IOException {
    Path descriptors = Path.of("/proc", Long.toString(server.pid()), "fd");
    Assumptions.assumeTrue(Files.isDirectory(descriptors), "this system has no /proc");
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.count();
    }
  }

  /** Simulates a quota, which is similar to a full disk and needs no privileges. */
  @Test
  void filesThatMayNotGrowStopWritesUntilTheyMay() throws Exception {
    Path log = path().resolve("tsdb.sqlite-wal");
    try (RawClient client = new RawClient(server.port())) {
      assertStatus(OK, client.answer(insert("before")));
      long size = Files.size(log);
      Assumptions.assumeTrue(limitFiles(Long.toString(size)), "there is no prlimit");
      String message = assertUnavailable(client);
      assertTrue(message.contains("file=" + file() + ", reason="), message);
      long open = openFiles();
      for (int i = 0; i < 100; i++) {
        assertStatus(UNAVAILABLE, client.answer(insert("refused")));
      }
      assertStatus(OK, client.answer("{\"op\":\"get\",\"id\":\"before\"}"));
      assertTrue(openFiles() <= open + 2, "files are left open: " + open + ", " + openFiles());
      assertTrue(limitFiles("unlimited"));
      assertStatus(OK, client.answer(insert("after")));
      assertEquals(SERIES + 2, client.payload("{\"op\":\"ids\"}").size());
    }
    assertSound();
  }

  private boolean limitFiles(String bytes) throws InterruptedException {
    String pid = Long.toString(server.pid());
    return Mount.succeeds(List.of("prlimit", "--pid", pid, "--fsize=" + bytes + ":unlimited"));
  }

  @Test
  void aDirectoryThatIsMovedAwayStopsWritesUntilItIsBack() throws Exception {
    Path away = directory.resolve("away");
    try (RawClient client = new RawClient(server.port())) {
      Files.move(path(), away);
      String message = assertUnavailable(client);
      assertEquals(
          "file must stay where it was opened: file=" + file() + ", problem=it is gone", message);
      assertFalse(Files.exists(path()));
      Files.move(away, path());
      assertStatus(OK, client.answer(insert("after")));
    }
    assertSound();
  }

  @Test
  void oneDamagedSeriesIsNamedAndTheOthersAreServed() throws Exception {
    server.close();
    int number = 33;
    damage(number);
    // This server has no checkpoint, with which it would open without reading all rows.
    AssertionError refused = null;
    try {
      server = ServerProcess.start(path(), 0);
    } catch (AssertionError e) {
      refused = e;
    }
    assertTrue(refused != null && refused.getMessage().contains("id=s" + number), "" + refused);
    assertTrue(refused.getMessage().contains("file=" + file()), refused::getMessage);
    damage(number); // the same bit again
    server = ServerProcess.start(path(), 0);
    damage(number);
    try (RawClient client = new RawClient(server.port())) {
      JsonNode answer = client.answer("{\"op\":\"get\",\"id\":\"s" + number + "\"}");
      assertStatus(UNKNOWN_ERROR, answer);
      String message = answer.get("message").textValue();
      assertTrue(
          message.startsWith("series must match its checksum: id=s" + number + ", file=" + file()),
          message);
      assertTrue(message.contains(", reference="), message);
      assertReads(client);
      for (int i = 0; i < SERIES; i++) {
        if (i != number) {
          assertStatus(OK, client.answer("{\"op\":\"get\",\"id\":\"s" + i + "\"}"));
        }
      }
      assertStatus(OK, client.answer(insert("after")));
    }
    damage(number);
    assertSound();
  }

  /** Changes one bit of the points of a series where they are on the disk. */
  private void damage(int number) throws IOException {
    double value = entries.get(number).series().values()[17];
    byte[] bytes = Files.readAllBytes(file());
    byte[] needle = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
    needle[0] &= (byte) 0xFE;
    for (int i = 0; i + 8 <= bytes.length; i++) {
      if ((bytes[i] & 0xFE) == (needle[0] & 0xFF)
          && Arrays.equals(bytes, i + 1, i + 8, needle, 1, 8)) {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(new byte[] {(byte) (bytes[i] ^ 1)}), i);
        }
        return;
      }
    }
    throw new AssertionError("the file holds the series");
  }
}
