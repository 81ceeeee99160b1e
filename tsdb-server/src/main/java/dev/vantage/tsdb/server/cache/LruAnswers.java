package dev.vantage.tsdb.server.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Evicts the least recently used answer. */
final class LruAnswers implements Answers {
  /** Bytes of a list node and of its slot in a hash table that is at most three quarters full. */
  private static final int OVERHEAD = 40 + 8;

  private final Runnable evicted;

  @GuardedBy("this")
  private Map<RequestKey, CachedAnswer> byUse = empty();

  @GuardedBy("this")
  private long capacity;

  @GuardedBy("this")
  private long bytes;

  LruAnswers(long capacity, Runnable evicted) {
    this.capacity = capacity;
    this.evicted = evicted;
  }

  @Override
  public synchronized Optional<CachedAnswer> get(RequestKey key) {
    return Optional.ofNullable(byUse.get(key));
  }

  @Override
  public synchronized void put(RequestKey key, CachedAnswer answer) {
    if (weight(answer) > capacity) {
      return; // the answer alone exceeds the capacity
    }
    CachedAnswer before = byUse.put(key, answer);
    bytes += weight(answer) - (before == null ? 0 : weight(before));
    makeRoom();
  }

  @Override
  public synchronized void setCapacity(long newCapacity) {
    capacity = newCapacity;
    makeRoom();
  }

  @GuardedBy("this")
  private void makeRoom() {
    Iterator<CachedAnswer> oldest = byUse.values().iterator();
    while (bytes > capacity) {
      bytes -= weight(oldest.next());
      oldest.remove();
      evicted.run();
    }
  }

  @Override
  public synchronized long clear() {
    long dropped = byUse.size();
    byUse = empty(); // a new map has a small table
    bytes = 0;
    return dropped;
  }

  @Override
  public synchronized long items() {
    return byUse.size();
  }

  @Override
  public synchronized long bytes() {
    return bytes;
  }

  private static Map<RequestKey, CachedAnswer> empty() {
    return new LinkedHashMap<>(16, 0.75f, true);
  }

  private static int weight(CachedAnswer answer) {
    return OVERHEAD + answer.bytes();
  }
}
