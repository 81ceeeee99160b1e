package dev.vantage.tsdb.server.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.CacheStats;
import dev.vantage.tsdb.CacheStats.Sample;
import dev.vantage.tsdb.CacheStats.Use;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.op.Get;
import dev.vantage.tsdb.protocol.op.Request;
import dev.vantage.tsdb.protocol.op.WithId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When cached answers are used, and the statistics of the cache. */
class ResultCacheTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Body PAYLOAD = Body.of(new byte[] {'[', ']'});
  private static final CacheSettings SETTINGS = CacheSettings.DEFAULT.withCapacityMb(1);

  private volatile OptionalLong changes = OptionalLong.of(7);
  private volatile Instant now = START;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private final ResultCache cache = new ResultCache(SETTINGS, () -> changes, clock);

  private static Request search(int number) {
    return new WithId(Query.like("s-" + number).nearest(5), false);
  }

  private boolean hits(int number) {
    return cache.find(search(number)).payload().isPresent();
  }

  private void ask(int number) {
    Lookup lookup = cache.find(search(number));
    if (lookup.payload().isEmpty()) {
      lookup.keep(PAYLOAD);
    }
  }

  @Test
  void whatIsKeptIsGivenAgainAsItIs() {
    Lookup miss = cache.find(search(1));
    assertEquals(Optional.empty(), miss.payload());
    miss.keep(PAYLOAD);
    assertSame(PAYLOAD, cache.find(search(1)).payload().orElseThrow());
    assertFalse(hits(2));
    assertEquals(new Use(3, 1, 0), cache.stats().use());
    assertEquals(1, cache.stats().items());
  }

  @Test
  void nothingOutlivesAChange() {
    ask(1);
    changes = OptionalLong.of(8);
    assertFalse(hits(1));
    assertEquals(0, cache.stats().items());
    ask(1);
    assertTrue(hits(1));
  }

  @Test
  void theFirstAnswerOfANewStateDropsAllOfTheOld() {
    ask(1);
    ask(2);
    changes = OptionalLong.of(8);
    ask(3);
    assertEquals(1, cache.stats().items());
    assertEquals(0, cache.stats().use().evictions());
  }

  @Test
  void anAnswerBelongsToTheStateBeforeItsSearch() {
    Lookup before = cache.find(search(1));
    changes = OptionalLong.of(8);
    before.keep(PAYLOAD);
    assertFalse(hits(1), "it may be of either state");
    Lookup late = cache.find(search(2));
    changes = OptionalLong.of(9);
    ask(3);
    late.keep(PAYLOAD);
    assertEquals(1, cache.stats().items(), "an answer of an old state has no place");
  }

  @Test
  void whileAChangeIsShownNothingIsGivenOrKept() {
    ask(1);
    OptionalLong before = changes;
    changes = OptionalLong.empty();
    Lookup lookup = cache.find(search(1));
    assertEquals(Optional.empty(), lookup.payload());
    lookup.keep(Body.of(new byte[] {'x'}));
    assertEquals(2 - 1, cache.stats().use().requests());
    changes = before;
    assertSame(PAYLOAD, cache.find(search(1)).payload().orElseThrow());
  }

  @Test
  void otherRequestsAreNotCounted() {
    assertSame(Lookup.NONE, cache.find(new Get("a")));
    assertEquals(new Use(0, 0, 0), cache.stats().use());
  }

  @Test
  void withoutCapacityItIsOff() {
    ask(1);
    assertEquals(SETTINGS.withCapacityMb(0), cache.configure(OptionalInt.of(0), Optional.empty()));
    assertEquals(0, cache.stats().items());
    assertFalse(hits(1));
    ask(1);
    assertFalse(hits(1));
    assertEquals(1, cache.stats().use().requests());
    cache.configure(OptionalInt.of(1), Optional.empty());
    ask(1);
    assertTrue(hits(1));
  }

  @Test
  void aNewCapacityKeepsWhatFits() {
    cache.configure(OptionalInt.of(8), Optional.empty());
    for (int i = 0; i < 200; i++) {
      cache.find(search(i)).keep(Body.of(new byte[20_000]));
    }
    assertEquals(200, cache.stats().items());
    CacheSettings settings = cache.configure(OptionalInt.of(2), Optional.empty());
    assertEquals(SETTINGS.withCapacityMb(2), settings);
    CacheStats stats = cache.stats();
    assertEquals(settings, stats.settings());
    assertTrue(stats.bytes() <= 2 << 20 && stats.bytes() > (2 << 20) - 25_000, stats::toString);
    assertEquals(200 - stats.items(), stats.use().evictions());
  }

  @Test
  void aNewPolicyBeginsWithNothing() {
    ask(1);
    CacheSettings settings = cache.configure(OptionalInt.empty(), Optional.of(CachePolicy.TINYLFU));
    assertTrue(hits(1), "the policy is the same");
    settings = cache.configure(OptionalInt.empty(), Optional.of(CachePolicy.LRU));
    assertEquals(new CacheSettings(1, CachePolicy.LRU), settings);
    assertEquals(0, cache.stats().items());
    ask(1);
    assertTrue(hits(1));
    assertEquals(settings, cache.configure(OptionalInt.empty(), Optional.empty()));
  }

  @Test
  void moreThanHalfOfTheHeapIsRefused() {
    long half = Runtime.getRuntime().maxMemory() / 2 >> 20;
    InvalidRequestException e =
        assertThrows(
            InvalidRequestException.class,
            () -> cache.configure(OptionalInt.of((int) half + 1), Optional.of(CachePolicy.LRU)));
    assertEquals(
        "capacity_mb must be at most half of the server's heap: capacity_mb="
            + (half + 1)
            + ", half="
            + half,
        e.getMessage());
    assertEquals(SETTINGS, cache.stats().settings());
    CacheSettings tooMuch = SETTINGS.withCapacityMb((int) half + 1);
    assertThrows(
        InvalidRequestException.class, () -> new ResultCache(tooMuch, () -> changes, clock));
    cache.configure(OptionalInt.of((int) half), Optional.empty());
  }

  @Test
  void clearSaysHowManyThereWere() {
    ask(1);
    ask(2);
    ask(2);
    assertEquals(2, cache.clear());
    assertEquals(0, cache.clear());
    assertFalse(hits(1));
    assertEquals(new Use(4, 1, 0), cache.stats().use());
  }

  @Test
  void samplesSayWhatHappenedSinceTheOneBefore() {
    ask(1);
    ask(1);
    sampleAfterInterval();
    ask(2);
    sampleAfterInterval();
    sampleAfterInterval();
    List<Sample> samples = cache.stats().samples();
    assertEquals(
        List.of(new Use(2, 1, 0), new Use(1, 0, 0), new Use(0, 0, 0)),
        samples.stream().map(Sample::use).toList());
    assertEquals(List.of(1L, 2L, 2L), samples.stream().map(Sample::items).toList());
    assertEquals(START.plus(CacheStats.INTERVAL), samples.get(0).time());
    assertEquals(cache.stats().bytes(), samples.get(2).bytes());
  }

  private void sampleAfterInterval() {
    now = now.plus(CacheStats.INTERVAL);
    cache.sample();
  }

  @Test
  void samplesGoBackTenMinutes() {
    for (int i = 0; i < 300; i++) {
      ask(i);
      sampleAfterInterval();
      assertEquals(Math.min(i + 1, 120), cache.stats().samples().size());
    }
    List<Sample> samples = cache.stats().samples();
    assertEquals(now, samples.get(119).time());
    assertEquals(now.minus(Duration.ofSeconds(595)), samples.get(0).time());
    assertTrue(samples.stream().allMatch(sample -> sample.use().equals(new Use(1, 0, 0))));
    now = now.plus(Duration.ofMinutes(9));
    assertEquals(12, cache.stats().samples().size(), "after a pause some are too old");
    now = now.plus(Duration.ofMinutes(2));
    assertEquals(List.of(), cache.stats().samples());
  }

  @Test
  void aSampleDropsWhatIsOutdated() {
    ask(1);
    changes = OptionalLong.of(8);
    sampleAfterInterval();
    assertEquals(0, cache.stats().samples().get(0).items());
  }

  @Test
  void samplesGoOnWhenTheDatabaseIsClosed() {
    AtomicBoolean closed = new AtomicBoolean();
    ResultCache ofClosed =
        new ResultCache(
            SETTINGS,
            () -> {
              if (closed.get()) {
                throw new UnavailableException("database must be open: it has been closed");
              }
              return OptionalLong.of(1);
            },
            clock);
    ofClosed.find(search(1)).keep(PAYLOAD);
    closed.set(true);
    ofClosed.sample();
    assertEquals(1, ofClosed.stats().samples().size());
    assertThrows(UnavailableException.class, () -> ofClosed.find(search(1)));
  }

  /** Settings change and everything is dropped while others ask: no answer is another's. */
  @ParameterizedTest
  @EnumSource
  void itMayBeChangedWhileItIsUsed(CachePolicy first) throws Exception {
    cache.configure(OptionalInt.empty(), Optional.of(first));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> askers = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        int start = t;
        askers.add(threads.submit(() -> askUntil(done, start)));
      }
      for (int i = 0; i < 300; i++) {
        CachePolicy policy = i % 10 == 0 ? CachePolicy.values()[i / 10 % 2] : first;
        cache.configure(OptionalInt.of(i % 3), Optional.of(policy));
        cache.clear();
        changes = i % 5 == 0 ? OptionalLong.empty() : OptionalLong.of(100 + i / 7);
        cache.sample();
        cache.stats();
      }
      done.set(true);
      for (Future<Integer> asker : askers) {
        assertTrue(asker.get() > 0);
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    CacheStats stats = cache.stats();
    assertTrue(stats.bytes() <= stats.settings().capacityBytes());
    assertTrue(stats.use().hits() <= stats.use().requests());
  }

  private int askUntil(AtomicBoolean done, int start) {
    int asked = 0;
    for (int i = start; !done.get() || asked == 0; i = (i + 7) % 100) {
      Lookup lookup = cache.find(search(i));
      Body own = Body.of(("[" + i + "]").getBytes(StandardCharsets.US_ASCII));
      lookup.payload().ifPresent(payload -> assertArrayEquals(own.toBytes(), payload.toBytes()));
      if (lookup.payload().isEmpty()) {
        lookup.keep(own);
      }
      asked++;
    }
    return asked;
  }
}
