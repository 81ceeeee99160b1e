package dev.vantage.tsdb.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.Optional;

/**
 * Pins a snapshot for a search, so that it can read every series of the index, even if another
 * process removes it meanwhile. Thread-safe.
 */
final class PinnedSnapshot {
  @GuardedBy("this")
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
