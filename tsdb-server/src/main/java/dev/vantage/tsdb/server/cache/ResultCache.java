package dev.vantage.tsdb.server.cache;

import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.CacheStats;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.protocol.op.Request;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Caches exact answers to searches until the database changes. Thread-safe.
 *
 * <p>A cached answer is valid at the time of its lookup: the change count is the same as before the
 * search began, and answers depend on nothing else. Equal requests that arrive before the first is
 * answered are computed separately, so that no request waits for another or fails with it. After a
 * change of the database, the next cached answer or the next sample drops all older answers.
 */
public final class ResultCache {
  private static final long BYTES_OF_MB = 1 << 20;

  private final Supplier<OptionalLong> changeCount;
  private final Clock clock;
  private final CacheHistory history = new CacheHistory();
  private final AtomicLong newest = new AtomicLong(-1);
  private final LongAdder requests = new LongAdder();
  private final LongAdder hits = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  /** Settings and answers, which are replaced together, under this object's lock. */
  private record State(CacheSettings settings, Answers answers) {
    boolean isOff() {
      return settings.capacityMb() == 0;
    }
  }

  private volatile State state;

  /**
   * Makes an empty cache.
   *
   * @param settings the initial settings
   * @param changeCount the change count of the database, as of {@link
   *     dev.vantage.tsdb.Tsdb#changeCount}; called from any thread
   * @param clock the time of samples
   * @throws InvalidRequestException if the capacity is more than half of the heap
   */
  public ResultCache(CacheSettings settings, Supplier<OptionalLong> changeCount, Clock clock) {
    this.changeCount = changeCount;
    this.clock = clock;
    this.state = new State(checked(settings), answers(settings));
  }

  /** {@return the default settings, with less capacity where the heap is small} */
  public static CacheSettings defaultSettings() {
    CacheSettings usual = CacheSettings.DEFAULT;
    return usual.withCapacityMb((int) Math.min(usual.capacityMb(), mostMb()));
  }

  /** Returns the maximum capacity: half of the heap, in MB. */
  private static long mostMb() {
    return Runtime.getRuntime().maxMemory() / 2 / BYTES_OF_MB;
  }

  private static CacheSettings checked(CacheSettings settings) {
    if (settings.capacityMb() > mostMb()) {
      throw new InvalidRequestException(
          "capacity_mb must be at most half of the server's heap: capacity_mb="
              + settings.capacityMb()
              + ", half="
              + mostMb());
    }
    return settings;
  }

  private Answers answers(CacheSettings settings) {
    return Answers.of(settings.policy(), settings.capacityBytes(), evictions::increment);
  }

  /**
   * Looks up the answer to a request. Must be called before the search starts. Reads an uploaded
   * series once.
   *
   * @param request the request
   * @return the cached answer, if any, and how to cache a new one
   */
  public Lookup find(Request request) {
    State now = state;
    if (now.isOff()) {
      return Lookup.NONE;
    }
    Optional<RequestKey> asked = RequestKey.of(request);
    OptionalLong changes = asked.isPresent() ? changeCount.get() : OptionalLong.empty();
    if (changes.isEmpty()) {
      return Lookup.NONE;
    }
    requests.increment();
    Optional<CachedAnswer> found =
        now.answers().get(asked.get()).filter(one -> one.changes() == changes.getAsLong());
    if (found.isPresent()) {
      hits.increment();
      return Lookup.hit(found.get().payload());
    }
    return Lookup.miss(
        payload -> keep(asked.get(), new CachedAnswer(changes.getAsLong(), payload)));
  }

  private void keep(RequestKey key, CachedAnswer answer) {
    Answers answers = state.answers();
    if (dropBefore(answer.changes(), answers)) {
      answers.put(key, answer);
    }
  }

  /**
   * Drops answers older than a change count. Returns whether an answer with this count may be kept
   * now.
   */
  private boolean dropBefore(long changes, Answers answers) {
    long before = newest.getAndAccumulate(changes, Math::max);
    if (before < changes) {
      answers.clear();
    }
    return before <= changes;
  }

  /**
   * Changes the settings. A new capacity keeps the answers that fit; a new policy drops all.
   *
   * @param capacityMb the new capacity in MB, or empty to keep the current one
   * @param policy the new policy, or empty to keep the current one
   * @return the settings in force now
   * @throws InvalidRequestException if the capacity is more than half of the heap
   */
  public synchronized CacheSettings configure(
      OptionalInt capacityMb, Optional<CachePolicy> policy) {
    State before = state;
    CacheSettings settings =
        checked(
            new CacheSettings(
                capacityMb.orElse(before.settings().capacityMb()),
                policy.orElse(before.settings().policy())));
    if (settings.policy() == before.settings().policy()) {
      before.answers().setCapacity(settings.capacityBytes());
      state = new State(settings, before.answers());
    } else {
      state = new State(settings, answers(settings));
    }
    return settings;
  }

  /**
   * Drops all answers. Hit counts are kept.
   *
   * @return the number of dropped answers
   */
  public long clear() {
    return state.answers().clear();
  }

  /** {@return the size of the cache, its hit counts, and its samples} */
  public CacheStats stats() {
    State now = state;
    dropOutdated(now.answers());
    return new CacheStats(
        now.settings(),
        now.answers().items(),
        now.answers().bytes(),
        use(),
        history.until(clock.instant()));
  }

  /** Takes a sample now. */
  void sample() {
    Answers answers = state.answers();
    dropOutdated(answers);
    history.add(clock.instant(), answers.items(), answers.bytes(), use());
  }

  /** Takes a sample after {@link CacheStats#INTERVAL}, or at once if the thread is unparked. */
  public void sampleLater() {
    LockSupport.parkNanos(this, CacheStats.INTERVAL.toNanos());
    sample();
  }

  private void dropOutdated(Answers answers) {
    try {
      changeCount.get().ifPresent(changes -> dropBefore(changes, answers));
    } catch (TsdbException e) {
      // The database is closed. Sampling continues.
    }
  }

  private CacheStats.Use use() {
    long answered = hits.sum(); // read before requests, which are counted first: hits <= requests
    return new CacheStats.Use(requests.sum(), answered, evictions.sum());
  }
}
