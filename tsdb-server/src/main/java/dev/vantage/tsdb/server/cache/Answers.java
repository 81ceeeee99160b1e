package dev.vantage.tsdb.server.cache;

import dev.vantage.tsdb.CachePolicy;
import java.util.Optional;

/** Answers by key, within a capacity in bytes. Thread-safe; every change is visible at once. */
interface Answers {

  /**
   * Makes an empty collection.
   *
   * @param evicted runs for every answer that is evicted because the capacity is exceeded
   */
  static Answers of(CachePolicy policy, long capacity, Runnable evicted) {
    return switch (policy) {
      case TINYLFU -> new TinyLfuAnswers(capacity, evicted);
      case LRU -> new LruAnswers(capacity, evicted);
    };
  }

  /** Returns the answer under a key. The call counts as a use of the answer. */
  Optional<CachedAnswer> get(RequestKey key);

  /** Keeps an answer and replaces any other under its key, unless the policy evicts it at once. */
  void put(RequestKey key, CachedAnswer answer);

  /** Changes the capacity, and evicts the answers that no longer fit. */
  void setCapacity(long bytes);

  /** Drops all answers; returns their number. */
  long clear();

  long items();

  /** Returns the memory of the answers in bytes. */
  long bytes();
}
