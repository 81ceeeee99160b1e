package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.Optional;

/**
 * The data of one moment, as long as a search reads from it: there every series that the index had
 * at that moment is found, whatever another process removes. Thread-safe.
 */
final class PinnedSnapshot {
  private Optional<StoreSnapshot> snapshot = Optional.empty();

  synchronized void open(StoreSnapshot opened) {
    snapshot = Optional.of(opened);
  }

  /** Must be called before the snapshot ends. */
  synchronized void close() {
    snapshot = Optional.empty();
  }

  synchronized Optional<TimeSeries> series(long key) {
    return snapshot.flatMap(open -> open.series(key));
  }
}
