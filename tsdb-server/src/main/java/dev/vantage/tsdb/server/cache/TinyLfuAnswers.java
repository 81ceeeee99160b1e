package dev.vantage.tsdb.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy.Eviction;
import java.util.Optional;

/**
 * Evicts the answer that was used least often recently, by the estimate of W-TinyLFU (Einziger,
 * Friedman, Manes, "TinyLFU: A highly efficient cache admission policy", 2017,
 * doi:10.1145/3149371).
 */
final class TinyLfuAnswers implements Answers {
  /** Bytes of a cache node, its slot in a hash table, and its share of the frequency sketch. */
  private static final int OVERHEAD = 64 + 48 + 16;

  private final Cache<RequestKey, CachedAnswer> cache;
  private final Eviction<RequestKey, CachedAnswer> eviction;

  TinyLfuAnswers(long capacity, Runnable evicted) {
    cache =
        Caffeine.newBuilder()
            .maximumWeight(capacity)
            .<RequestKey, CachedAnswer>weigher((key, answer) -> OVERHEAD + answer.bytes())
            .evictionListener((key, answer, cause) -> evicted.run())
            .executor(Runnable::run) // on the calling thread, so no thread outlives the server
            .build();
    eviction = cache.policy().eviction().orElseThrow();
  }

  @Override
  public Optional<CachedAnswer> get(RequestKey key) {
    return Optional.ofNullable(cache.getIfPresent(key));
  }

  @Override
  public void put(RequestKey key, CachedAnswer answer) {
    cache.put(key, answer);
  }

  @Override
  public void setCapacity(long bytes) {
    eviction.setMaximum(bytes);
    cache.cleanUp();
  }

  @Override
  public long clear() {
    long dropped = items();
    cache.invalidateAll();
    cache.cleanUp();
    return dropped;
  }

  @Override
  public long items() {
    cache.cleanUp();
    return cache.estimatedSize();
  }

  @Override
  public long bytes() {
    cache.cleanUp();
    return eviction.weightedSize().orElseThrow();
  }
}
