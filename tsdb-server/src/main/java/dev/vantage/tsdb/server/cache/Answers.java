package dev.vantage.tsdb.server.cache;

import dev.vantage.tsdb.CachePolicy;
import java.util.Optional;

/** Answers by key, at most so many bytes of them. Thread-safe; every change is seen at once. */
interface Answers {

  /**
   * Makes an empty one.
   *
   * @param evicted is run for every answer that is given up for want of room
   */
  static Answers of(CachePolicy policy, long capacity, Runnable evicted) {
    return switch (policy) {
      case TINYLFU -> new TinyLfuAnswers(capacity, evicted);
      case LRU -> new LruAnswers(capacity, evicted);
    };
  }

  /** The answer under a key, which counts as a use of it. */
  Optional<CachedAnswer> get(RequestKey key);

  /** Keeps an answer in the place of any other under its key, unless the policy knows better. */
  void put(RequestKey key, CachedAnswer answer);

  /** Changes the most bytes, and gives up what does not fit any more. */
  void setCapacity(long bytes);

  /** Drops all answers, and says how many. */
  long clear();

  long items();

  /** The memory that all of this takes. */
  long bytes();
}
