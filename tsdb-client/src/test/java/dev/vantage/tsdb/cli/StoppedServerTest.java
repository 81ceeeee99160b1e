package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.VerifyOptions;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.ConnectionException;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are backed up and stopped while clients write to them. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class StoppedServerTest {
  private static final int TERMINATED = 143;
  private static final int WRITERS = 4;

  @TempDir Path directory;

  private final Random random = Seeds.random("stops");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<AtomicInteger> acknowledged = new ArrayList<>();
  private final List<Future<?>> writing = new ArrayList<>();

  @BeforeEach
  void make() {
    Run.here("create", "--db", path("db"), "--length=64", "--vantage-points=3").answered();
    for (int i = 0; i < WRITERS; i++) {
      acknowledged.add(new AtomicInteger());
    }
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static String id(int writer, int number) {
    return "w" + writer + "-" + (100_000 + number);
  }

  /** Each writer inserts one series after another, until the server is gone. */
  private void writeTo(String address, CountDownLatch enough) {
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      writing.add(threads.submit(() -> write(writer, address, enough)));
    }
  }

  private void write(int writer, String address, CountDownLatch enough) {
    try (TsdbClient client = TsdbClient.connect(address, ClientOptions.DEFAULT)) {
      while (true) {
        int next = acknowledged.get(writer).get();
        client.insert(KilledClient.entry(id(writer, next), next));
        acknowledged.get(writer).incrementAndGet();
        enough.countDown();
      }
    } catch (ConnectionException | UnavailableException e) {
      // The server is stopping.
    }
  }

  private void awaitWriters() throws Exception {
    for (Future<?> one : writing) {
      one.get(2, TimeUnit.MINUTES);
    }
  }

  private List<Integer> counts() {
    return acknowledged.stream().map(AtomicInteger::get).toList();
  }

  /** Each writer's series up to some number, which is at least the first and at most the second. */
  private static void assertHoldsUpTo(List<Integer> least, List<Integer> most, Path database) {
    assertEquals(
        List.of(),
        EmbeddedTsdb.verify(database.toString(), VerifyOptions.ALL, Progress.NONE).problems());
    try (Tsdb stored = DatabaseLocation.open(database.toString(), Access.READ_ONLY)) {
      List<String> ids = stored.ids(IdQuery.first(Integer.MAX_VALUE));
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        List<String> own = ids.stream().filter(id -> id.startsWith("w" + writer + "-")).toList();
        assertTrue(
            own.size() >= least.get(i) && own.size() <= most.get(i),
            () -> "stored=" + own.size() + ", least=" + least + ", most=" + most);
        for (int number = 0; number < own.size(); number++) {
          assertEquals(id(i, number), own.get(number), "they were inserted in order");
          assertEquals(KilledClient.entry(own.get(number), number), stored.get(own.get(number)));
        }
      }
    }
  }

  /** An unacknowledged write may be stored. */
  private static List<Integer> andOneMore(List<Integer> counts) {
    return counts.stream().map(count -> count + 1).toList();
  }

  @Test
  void everyBackupIsOfOneMoment() throws Exception {
    ServerProcess server = ServerProcess.start(directory.resolve("db"), 0);
    CountDownLatch begun = new CountDownLatch(20);
    writeTo(server.address(), begun);
    assertTrue(begun.await(1, TimeUnit.MINUTES));
    for (int i = 0; i < 6; i++) {
      List<Integer> before = counts();
      Run.here("backup", path("backup" + i), "--db", path("db")).answered();
      List<Integer> after = andOneMore(counts());
      Run.here("restore", path("backup" + i), "--db", path("restored" + i)).answered();
      assertHoldsUpTo(before, after, directory.resolve("restored" + i));
    }
    server.close();
    awaitWriters();
    assertHoldsUpTo(counts(), andOneMore(counts()), directory.resolve("db"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void sigtermUnderLoadLosesNothing(int signals) throws Exception {
    for (int round = 0; round < 3; round++) {
      ServerProcess server = ServerProcess.start(directory.resolve("db"), 0);
      CountDownLatch enough = new CountDownLatch(1 + random.nextInt(100));
      writeTo(server.address(), enough);
      assertTrue(enough.await(1, TimeUnit.MINUTES));
      for (int i = 0; i < signals; i++) {
        server.terminate();
      }
      assertEquals(0, server.exitCode());
      awaitWriters();
      assertHoldsUpTo(counts(), counts(), directory.resolve("db"));
    }
  }

  @Test
  void sigtermWhileItStartsHarmsNothing() throws Exception {
    Run.here("generate", "--count=3000", "--seed=1", "--output", path("many.tsv")).answered();
    Run.here("import", "--db", path("db"), "--as", "wide", path("many.tsv")).answered();
    for (int pause = 100; pause <= 1000; pause += 150) {
      Process process =
          JavaProcess.of(
                  Class.forName("dev.vantage.tsdb.server.ServerMain"),
                  "--db",
                  path("db"),
                  "--listen",
                  "127.0.0.1:0")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(directory.resolve("errors").toFile())
              .start();
      // Some way into the start, or a little after it.
      assertTrue(!process.waitFor(pause, TimeUnit.MILLISECONDS), "it serves until it is ended");
      process.destroy();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES), "process must end");
      int code = process.exitValue(); // depends on whether it listened already
      assertTrue(code == 0 || code == TERMINATED, () -> "exit code=" + code);
      String errors = Files.readString(directory.resolve("errors"));
      assertTrue(errors.lines().noneMatch(line -> line.startsWith("\tat ")), errors);
    }
    try (Tsdb database = DatabaseLocation.open(path("db"), Access.WRITE)) {
      assertEquals(3000, database.stats().series());
    }
  }
}
