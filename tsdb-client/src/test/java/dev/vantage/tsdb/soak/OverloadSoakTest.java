package dev.vantage.tsdb.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Seeds;
import dev.vantage.tsdb.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More load than can be served: what can be is, and the rest is told so at once. */
@Tag("soak")
class OverloadSoakTest {
  private static final int SERIES = Integer.getInteger("tsdb.soak.series", 80_000);
  private static final int[] CONNECTIONS = {2, 4, 8, 16, 32};
  private static final int MOST_CONNECTIONS = 480;
  private static final Duration STEP = Duration.ofSeconds(6);
  private static final Duration OVERLOAD = Duration.ofSeconds(20);
  private static final double TIMES = 4;
  private static final double LEAST_SHARE = 0.85;
  private static final double AT_ONCE_MILLIS = 250;

  @TempDir private Path directory;

  @Test
  void fourTimesTheLoadIsServedAsFarAsItCanBe() throws Exception {
    Random random = Seeds.random("fourTimesTheLoadIsServedAsFarAsItCanBe");
    Path database = directory.resolve("db");
    SoakData.make(database, Settings.DEFAULT.withLength(512), SERIES, random);
    List<byte[]> searches = SoakData.searches(SERIES, 20_000, random);
    try (SoakServer server =
        SoakServer.start(SoakServer.chosenJava(), database, "--cache-mb", "0")) {
      double peak = 0;
      try (Load warmUp = new Load(server.port(), 4, searches)) {
        warmUp.closed(STEP.multipliedBy(2));
      }
      for (int count : CONNECTIONS) {
        try (Load load = new Load(server.port(), count, searches)) {
          Load.Outcome outcome = load.closed(STEP);
          System.out.println("connections=" + count + ": " + outcome);
          peak = Math.max(peak, outcome.perSecond());
        }
      }
      try (Load load = new Load(server.port(), MOST_CONNECTIONS, searches)) {
        Load.Outcome outcome = load.open(TIMES * peak, OVERLOAD);
        System.out.printf(
            Locale.ROOT,
            "peak=%.0f/s, offered=%.0f/s, share of the peak=%.3f: %s%n",
            peak,
            TIMES * peak,
            outcome.perSecond() / peak,
            outcome);
        assertEquals(0, outcome.unanswered, outcome::toString);
        assertEquals(0, outcome.others, outcome::toString);
        assertTrue(outcome.refused.count() > outcome.answered.count(), outcome::toString);
        assertTrue(outcome.refused.quantile(0.99) < AT_ONCE_MILLIS, outcome::toString);
        assertTrue(outcome.perSecond() >= LEAST_SHARE * peak, outcome::toString);
      }
    }
  }
}
