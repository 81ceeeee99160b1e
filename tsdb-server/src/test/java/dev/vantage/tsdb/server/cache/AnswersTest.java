package dev.vantage.tsdb.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.testkit.Seeds;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The common and the specific promises of both policies. */
class AnswersTest {
  private static final int PAYLOAD = 100;

  private final AtomicLong evictions = new AtomicLong();

  private Answers answers(CachePolicy policy, long capacity) {
    return Answers.of(policy, capacity, evictions::incrementAndGet);
  }

  private static RequestKey key(long number) {
    return new RequestKey(number, number * 31, ~number, number);
  }

  private static CachedAnswer answer(long number) {
    byte[] payload = new byte[PAYLOAD];
    payload[0] = (byte) number;
    return new CachedAnswer(number, Body.of(payload));
  }

  /** Returns the size of one of these answers in bytes. */
  private static long one(CachePolicy policy) {
    Answers answers = Answers.of(policy, 1 << 20, () -> {});
    answers.put(key(0), answer(0));
    return answers.bytes();
  }

  @ParameterizedTest
  @EnumSource
  void itHoldsNoMoreThanItMay(CachePolicy policy) {
    Random random = Seeds.random("answers " + policy);
    long one = one(policy);
    Answers answers = answers(policy, 50 * one);
    long kept = 0;
    for (int step = 0; step < 20_000; step++) {
      int number = random.nextInt(200);
      Optional<CachedAnswer> found = answers.get(key(number));
      if (found.isPresent()) {
        assertEquals(number, found.get().changes());
      } else {
        answers.put(key(number), answer(number));
        kept++;
      }
      if (step % 1000 == 0) {
        answers.setCapacity((1 + random.nextInt(100)) * one);
      }
      if (step % 100 == 0) {
        assertEquals(answers.items() * one, answers.bytes());
        assertEquals(kept - answers.items(), evictions.get());
      }
    }
    answers.setCapacity(50 * one);
    for (int number = 200; number < 300; number++) { // it may have had room for one alone
      answers.put(key(number), answer(number));
      kept++;
    }
    answers.setCapacity(10 * one);
    assertEquals(10, answers.items());
    assertEquals(kept - 10, evictions.get());
    assertEquals(10, answers.clear());
    assertEquals(0, answers.items());
    assertEquals(0, answers.bytes());
    assertEquals(0, answers.clear());
    assertEquals(kept - 10, evictions.get(), "what is dropped is not evicted");
  }

  @ParameterizedTest
  @EnumSource
  void aLaterAnswerTakesThePlaceOfAnEarlierOne(CachePolicy policy) {
    Answers answers = answers(policy, 1 << 20);
    answers.put(key(1), answer(1));
    answers.put(key(1), new CachedAnswer(2, Body.of(new byte[4000])));
    assertEquals(2, answers.get(key(1)).orElseThrow().changes());
    assertEquals(1, answers.items());
    assertTrue(answers.bytes() > 4000);
    answers.put(key(1), answer(3));
    assertEquals(one(policy), answers.bytes());
    assertEquals(0, evictions.get());
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotFitLeavesTheOthers(CachePolicy policy) {
    Answers answers = answers(policy, 20 * one(policy));
    for (int i = 0; i < 10; i++) {
      answers.put(key(i), answer(i));
    }
    answers.put(key(99), new CachedAnswer(0, Body.of(new byte[1 << 20])));
    assertEquals(Optional.empty(), answers.get(key(99)));
    assertEquals(10, answers.items());
    answers.setCapacity(0);
    assertEquals(0, answers.items());
    answers.put(key(1), answer(1));
    assertEquals(0, answers.items());
  }

  @Test
  void lruGivesUpWhatWasUsedLongestAgo() {
    Random random = Seeds.random("lru");
    int room = 20;
    Answers answers = answers(CachePolicy.LRU, room * one(CachePolicy.LRU));
    List<Long> byUse = new ArrayList<>();
    for (int step = 0; step < 5000; step++) {
      long number = random.nextInt(40);
      assertEquals(byUse.contains(number), answers.get(key(number)).isPresent());
      answers.put(key(number), answer(number));
      byUse.remove(number);
      byUse.add(number);
      if (byUse.size() > room) {
        byUse.remove(0);
      }
    }
  }

  /** Answers that are requested repeatedly stay, while many others are requested once. */
  @Test
  void tinyLfuResistsACrowd() {
    int room = 1000;
    assertTrue(hitsBesideACrowd(CachePolicy.TINYLFU, room) > 0.9);
    // The crowd is as large as the room between two rounds, so the longest unused is never there.
    assertEquals(0, hitsBesideACrowd(CachePolicy.LRU, room));
  }

  private double hitsBesideACrowd(CachePolicy policy, int room) {
    Answers answers = answers(policy, room * one(policy));
    int popular = room / 2;
    long hits = 0;
    int rounds = 50;
    long stranger = 1 << 20;
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < popular; i++) {
        if (answers.get(key(i)).isPresent()) {
          hits++;
        } else {
          answers.put(key(i), answer(i));
        }
      }
      for (int i = 0; i < room; i++) {
        stranger++;
        answers.get(key(stranger));
        answers.put(key(stranger), answer(stranger));
      }
    }
    return (double) hits / (popular * rounds);
  }

  /** The counted bytes equal the growth of the heap, within 30 %. */
  @ParameterizedTest
  @EnumSource
  void theBytesAreHonest(CachePolicy policy) {
    for (int payload : new int[] {20, 500}) {
      // Memory that other tests of this process give back meanwhile spoils a measurement.
      double ratio = countedToHeap(policy, payload);
      for (int again = 0; again < 3 && !isHonest(ratio); again++) {
        ratio = countedToHeap(policy, payload);
      }
      assertTrue(isHonest(ratio), "counted / heap = " + ratio);
    }
  }

  private static boolean isHonest(double ratio) {
    return ratio > 0.7 && ratio < 1.3;
  }

  private double countedToHeap(CachePolicy policy, int payload) {
    int items = 100_000;
    Answers answers = answers(policy, 1L << 30);
    long before = used();
    for (int i = 0; i < items; i++) {
      answers.put(key(i), new CachedAnswer(i, Body.of(new byte[payload])));
    }
    long took = used() - before;
    assertEquals(items, answers.items());
    System.out.printf(
        "%s, payload %d: %d bytes counted, %d in the heap%n",
        policy, payload, answers.bytes() / items, took / items);
    double ratio = (double) answers.bytes() / took;
    Reference.reachabilityFence(answers);
    return ratio;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
