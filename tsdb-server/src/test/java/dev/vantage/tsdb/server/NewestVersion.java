package dev.vantage.tsdb.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client stores versions of a series, each nearer to a fixed series than all before, while
 * others search for the nearest series. The id in an answer shows the version. It must have been
 * stored before the answer, and must not be older than a version stored before the request or seen
 * before by the same client.
 */
final class NewestVersion {
  /** Questions whose first neighbor is the same, and whose answers are kept apart. */
  private static final List<String> QUESTIONS =
      List.of(
          "{\"op\":\"with_id\",\"id\":\"fixed\",\"k\":1}",
          "{\"op\":\"with_id\",\"id\":\"fixed\",\"k\":2}");

  private static final int LENGTH = 16;

  private final int port;
  private final int versions;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger stored = new AtomicInteger();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  NewestVersion(int port, int versions) {
    this.port = port;
    this.versions = versions;
  }

  /** Runs some readers and a writer; returns the failures. */
  List<String> run(int readers) throws IOException, InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      threads.add(new Thread(this::read));
    }
    try (TestClient client = new TestClient(port)) {
      client.payload(insertion("fixed", 0));
      write(client, 1);
      threads.forEach(Thread::start);
      for (int version = 2; version <= versions; version++) {
        write(client, version);
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return failures;
  }

  private void write(TestClient client, int version) throws IOException {
    sent.set(version);
    client.payload(insertion("v-" + version, 0.001 * (1 + versions - version)));
    stored.set(version);
  }

  private static String insertion(String id, double disturbance) {
    double[] values = new double[LENGTH];
    Arrays.setAll(values, i -> Math.sin(i) + disturbance * Math.cos(5.0 * i * i));
    return "{\"op\":\"insert\",\"id\":\"" + id + "\",\"ts\":" + Arrays.toString(values) + "}";
  }

  private void read() {
    try (TestClient client = new TestClient(port)) {
      int last = 0;
      for (int i = 0; last < versions; i++) {
        int least = Math.max(last, stored.get());
        String id = client.payload(QUESTIONS.get(i % 2)).at("/0/id").textValue();
        last = Integer.parseInt(id.substring(2));
        int most = sent.get();
        if (last < least || last > most) {
          failures.add("version must be from " + least + " to " + most + ": version=" + last);
          return;
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      failures.add(e.toString());
    }
  }
}
