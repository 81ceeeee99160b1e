package dev.vantage.tsdb.engine.verify;

import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads all series of a snapshot and skips unreadable ones. If a damaged page hides the series
 * after it, the scan continues key by key, with the keys found in other tables. Not thread-safe.
 */
final class DamageTolerantScan {
  private final StoreSnapshot snapshot;
  private final Problems findings;
  private long last;
  private long damaged;
  private long checksum;

  DamageTolerantScan(StoreSnapshot snapshot, Problems findings) {
    this.snapshot = snapshot;
    this.findings = findings;
  }

  /** {@return the number of damaged series so far} */
  long damaged() {
    return damaged;
  }

  /** {@return the checksum of all series found, damaged or not} */
  long checksum() {
    return checksum;
  }

  void forEach(Consumer<IndexedSeries> consumer) {
    try {
      examine(0, Long.MAX_VALUE, consumer);
    } catch (StoreException e) {
      findings.add(e.getMessage());
      if (e.kind() == StoreException.Kind.DAMAGED) {
        forEachAlone(consumer);
      }
    }
  }

  private void examine(long after, long until, Consumer<IndexedSeries> consumer) {
    snapshot.examine(
        after,
        until,
        one -> {
          last = one.key();
          checksum += Revision.checksumOf(last);
          consumer.accept(one);
        },
        (key, damage) -> {
          last = key;
          checksum += Revision.checksumOf(last);
          damaged++;
          findings.add(damage.getMessage());
        });
  }

  private void forEachAlone(Consumer<IndexedSeries> consumer) {
    long begin = last;
    for (long key : Arrays.stream(snapshot.knownKeys()).filter(key -> key > begin).toArray()) {
      try {
        examine(key - 1, key, consumer);
      } catch (StoreException e) {
        damaged++;
        findings.add(e.getMessage() + ", key=" + key);
      }
    }
  }
}
