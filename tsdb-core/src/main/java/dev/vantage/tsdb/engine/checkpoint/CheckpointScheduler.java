package dev.vantage.tsdb.engine.checkpoint;

import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.index.image.IndexImage;
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
 * Decides when a writer's index is worth another checkpoint, and writes it. A checkpoint serves
 * only the next open, so failing to write one is no failure of the database. Thread-safe.
 *
 * <p>While the database is in use this happens on a thread of its own, beside searches and other
 * writers, when the changes since the last checkpoint are half of all series: then a database that
 * grows without end writes each series thrice at most. When it is closed, a tenth is enough.
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
  private Optional<Thread> worker = Optional.empty();
  private boolean failed;

  /** Whether the last one could not be written, though the next may be. */
  private boolean owed;

  /** Series added and removed since the last checkpoint; infinite if there is none. */
  private double changes = Double.POSITIVE_INFINITY;

  /**
   * A schedule.
   *
   * @param index what checkpoints are made of
   * @param store where they are kept, or empty where they cannot be
   * @param commitLock held while a change becomes durable and is published
   * @param revision which state of the storage the index has, while that lock is held
   * @param leastSeries how many series make a checkpoint worth its while
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

  /** Takes note of what was found when the database was opened. */
  public synchronized void setChanges(double since) {
    changes = since;
  }

  /** Takes note of a change, while the lock of commits is held. */
  public synchronized void count(int added, int removed, boolean vantagePoints) {
    changes = vantagePoints ? Double.POSITIVE_INFINITY : changes + added + removed;
  }

  private synchronized boolean isDue(double share) {
    int series = index.size();
    return !failed && store.isPresent() && series >= leastSeries && changes > share * series;
  }

  /** At the end one that could not be written before is tried once more. */
  private synchronized boolean isDueAtClose() {
    if (owed) {
      setChanges(Double.POSITIVE_INFINITY);
    }
    return isDue(SHARE_AT_CLOSE);
  }

  /** Begins to write one if it is due and none is being written. */
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

  /** Not at the next write: on a full disk each try would take what writes need. */
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
      // Of what the index has, which the storage may have lost.
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

  /** Waits for one that is being written, and writes another if that is due. */
  @Override
  public void close() {
    join();
    if (isDueAtClose()) {
      write();
    }
  }

  /** Waits even if interrupted: the storage must not be closed before. */
  private void join() {
    Optional<Thread> last;
    synchronized (this) {
      last = worker;
    }
    boolean interrupted = false;
    while (last.filter(Thread::isAlive).isPresent()) {
      try {
        last.get().join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
