package dev.vantage.tsdb.engine.checkpoint;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.index.image.IndexImage;
import dev.vantage.tsdb.pool.UninterruptibleWait;
import dev.vantage.tsdb.store.Checkpoint;
import dev.vantage.tsdb.store.CheckpointStore;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.StoreException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when to write a checkpoint of a writer's index, and writes it. A checkpoint only speeds
 * up the next open, so a failure to write it is not a failure of the database. Thread-safe.
 *
 * <p>While the database is open, a background thread writes a checkpoint when the changes since the
 * last one reach half of all series. A database that only grows therefore writes each series at
 * most three times. At close, changes of a tenth of all series are enough.
 */
public final class CheckpointScheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointScheduler.class);

  /** Below this, opening from the rows takes less than a tenth of a second more. */
  public static final int LEAST_SERIES = 2000;

  private static final double SHARE_IN_USE = 0.5;
  private static final double SHARE_AT_CLOSE = 0.1;

  private final VantageIndex index;
  private final Optional<CheckpointStore> store;
  private final Lock commitLock;
  private final Supplier<Revision> revision;
  private final int leastSeries;

  @GuardedBy("this")
  private Optional<Thread> worker = Optional.empty();

  @GuardedBy("this")
  private boolean failed;

  /** Whether the last checkpoint could not be written for a reason that may pass. */
  @GuardedBy("this")
  private boolean owed;

  /** Series added and removed since the last checkpoint; infinite if there is none. */
  @GuardedBy("this")
  private double changes = Double.POSITIVE_INFINITY;

  /**
   * Creates a schedule.
   *
   * @param index the index to write
   * @param store keeps the checkpoints; empty if the store cannot
   * @param commitLock held while a change becomes durable and is published
   * @param revision gives the state of the storage that the index has; called under that lock
   * @param leastSeries the fewest series for which a checkpoint is written
   */
  public CheckpointScheduler(
      VantageIndex index,
      Optional<CheckpointStore> store,
      Lock commitLock,
      Supplier<Revision> revision,
      int leastSeries) {
    this.index = index;
    this.store = store;
    this.commitLock = commitLock;
    this.revision = revision;
    this.leastSeries = leastSeries;
  }

  /** Sets the number of changes since the last checkpoint, found when the database was opened. */
  public synchronized void setChanges(double since) {
    changes = since;
  }

  /** Counts a change; called under the commit lock. */
  public synchronized void count(int added, int removed, boolean vantagePoints) {
    changes = vantagePoints ? Double.POSITIVE_INFINITY : changes + added + removed;
  }

  private synchronized boolean isDue(double share) {
    int series = index.size();
    return !failed && store.isPresent() && series >= leastSeries && changes > share * series;
  }

  /** A checkpoint that could not be written before is tried once more at close. */
  private synchronized boolean isDueAtClose() {
    if (owed) {
      setChanges(Double.POSITIVE_INFINITY);
    }
    return isDue(SHARE_AT_CLOSE);
  }

  /** Starts to write a checkpoint if it is due and none is being written. */
  public synchronized void writeIfDue() {
    if (isDue(SHARE_IN_USE) && worker.filter(Thread::isAlive).isEmpty()) {
      Thread thread = new Thread(this::write, "tsdb-checkpoint");
      thread.setDaemon(true);
      thread.start();
      worker = Optional.of(thread);
    }
  }

  private void write() {
    try {
      write(store.orElseThrow());
    } catch (StoreException e) {
      LOG.warn("checkpoint cannot be written, the next open takes longer: {}", e.getMessage());
      if (e.kind() == StoreException.Kind.UNAVAILABLE || e.kind() == StoreException.Kind.REPLACED) {
        owe();
      } else {
        fail();
      }
    } catch (RuntimeException | Error e) {
      // Where it failed once, trying again and again would only do harm.
      LOG.warn("checkpoint cannot be written, the next open takes longer: {}", e.toString());
      fail();
    }
  }

  private synchronized void fail() {
    failed = true;
  }

  private synchronized void settleDebt() {
    owed = false;
  }

  /**
   * Postpones the checkpoint, because on a full disk each try would take space that writes need.
   */
  private synchronized void owe() {
    owed = true;
    changes = 0;
  }

  private void write(CheckpointStore checkpoints) {
    IndexImage image;
    CheckpointStore.Writer writer;
    commitLock.lock();
    try {
      image = IndexImage.of(index);
      // The state that the index has, which the storage may have lost.
      Revision current = revision.get();
      writer =
          checkpoints.write(
              new Checkpoint(
                  current.generation(), current.lastKey(), image.series(), image.vantagePoints()));
      setChanges(0);
    } finally {
      commitLock.unlock();
    }
    for (IndexImage.Part part : image.parts()) {
      if (!writer.write(part.column(), part.number(), image.write(part))) {
        return;
      }
    }
    if (writer.finish()) {
      settleDebt();
    }
  }

  /** Waits for a checkpoint that is being written, and writes another if it is due. */
  @Override
  public void close() {
    join();
    if (isDueAtClose()) {
      write();
    }
  }

  /**
   * Waits even if interrupted, because the storage must stay open until the checkpoint is written.
   */
  private void join() {
    Optional<Thread> last;
    synchronized (this) {
      last = worker;
    }
    last.ifPresent(thread -> UninterruptibleWait.run(thread::join));
  }
}
