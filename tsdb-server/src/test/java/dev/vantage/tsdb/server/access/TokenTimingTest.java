package dev.vantage.tsdb.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.server.Databases;
import dev.vantage.tsdb.server.ServerOptions;
import dev.vantage.tsdb.server.TestClient;
import dev.vantage.tsdb.server.TestServer;
import dev.vantage.tsdb.server.TsdbServer;
import dev.vantage.tsdb.server.socket.AccessControl;
import dev.vantage.tsdb.testkit.Certificates;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The time of a refusal must not depend on the wrong token. Tries of two kinds in random order are
 * compared by their ranks (Mann, Whitney, "On a test of whether one of two random variables is
 * stochastically larger than the other", 1947, doi:10.1214/aoms/1177730491). For equal
 * distributions the score is standard normal, so a false alarm occurs once in a hundred thousand
 * runs.
 */
@Tag("soak")
class TokenTimingTest {
  private static final int LENGTH = 2000;
  private static final int TRIES = 10_000;
  private static final int WARM_UP = 20_000;
  private static final double LIMIT = 4.4;
  private static final String TOKEN = "t".repeat(LENGTH);

  /** Wrong in the last character alone, and in the first. */
  private static final String[] WRONG = {
    "t".repeat(LENGTH - 1) + "x", "x" + "t".repeat(LENGTH - 1)
  };

  @TempDir private Path directory;

  private interface Try {
    void run(String token) throws IOException;
  }

  @Test
  void howMuchIsRightCannotBeSeen() throws IOException {
    TokenFile tokens = tokens();
    Try real =
        text -> {
          AccessToken shown = AccessToken.of(text);
          assertEquals(Optional.empty(), tokens.admit(Optional.of(shown)));
        };
    Try leaking = text -> assertTrue(firstDifference(text) < LENGTH);
    measure(WARM_UP, real);
    measure(WARM_UP, leaking);
    double leak = score(measure(TRIES, leaking));
    assertTrue(Math.abs(leak) > LIMIT, () -> "a leak must be seen: score=" + leak);
    report("admit", measure(TRIES, real));
  }

  @Test
  void norOverASocket() throws IOException {
    AccessControl access = new AccessControl(tokens(), Optional.empty());
    ServerOptions options =
        ServerOptions.DEFAULT.withPort(0).withLimits(TestServer.WIDE).withAccess(access);
    try (TsdbServer server = TsdbServer.start(Databases.empty(), options)) {
      // A connection for each: the third wrong token on one is answered differently.
      long[][] nanos = {new long[TRIES], new long[TRIES]};
      int[] order = order(TRIES);
      for (int i = 0; i < order.length; i++) {
        String hello = "{\"op\":\"hello\",\"token\":\"" + WRONG[order[i] % 2] + "\"}";
        try (TestClient client = new TestClient(server.port())) {
          client.status("{\"op\":\"ping\"}");
          long begun = System.nanoTime();
          assertEquals(7, client.status(hello));
          nanos[order[i] % 2][order[i] / 2] = System.nanoTime() - begun;
        }
      }
      report("socket", nanos);
    }
  }

  private static void report(String where, long[][] nanos) {
    double score = score(nanos);
    System.out.printf(
        "%s: tries=2 x %d, median ns=%d and %d, score=%.2f%n",
        where, TRIES, median(nanos[0]), median(nanos[1]), score);
    assertTrue(Math.abs(score) < LIMIT, () -> "times must not differ: score=" + score);
  }

  private TokenFile tokens() throws IOException {
    Path file =
        Certificates.secret(
            directory.resolve("tokens"), "write " + TOKEN + "\nread " + "r".repeat(LENGTH));
    return TokenFile.open(file, System::nanoTime);
  }

  private static long[][] measure(int tries, Try tried) throws IOException {
    long[][] nanos = {new long[tries], new long[tries]};
    for (int which : order(tries)) {
      long begun = System.nanoTime();
      tried.run(WRONG[which % 2]);
      nanos[which % 2][which / 2] = System.nanoTime() - begun;
    }
    return nanos;
  }

  private static int[] order(int tries) {
    int[] order = IntStream.range(0, 2 * tries).toArray();
    Random random = Seeds.random("order of tries");
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private static int firstDifference(String text) {
    int i = 0;
    while (i < LENGTH && text.charAt(i) == TOKEN.charAt(i)) {
      i++;
    }
    return i;
  }

  private static long median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** How many standard deviations the first kind's ranks are from those of equal kinds. */
  private static double score(long[][] nanos) {
    int n = nanos[0].length;
    long[] second = nanos[1].clone();
    Arrays.sort(second);
    double wins = 0;
    for (long first : nanos[0]) {
      int below = firstAtLeast(second, first);
      int through = firstAtLeast(second, first + 1);
      wins += below + (through - below) / 2.0;
    }
    double deviation = Math.sqrt((double) n * n * (2.0 * n + 1) / 12);
    return (wins - (double) n * n / 2) / deviation;
  }

  private static int firstAtLeast(long[] sorted, long value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
