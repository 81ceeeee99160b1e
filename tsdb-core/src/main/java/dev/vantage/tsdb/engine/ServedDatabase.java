package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.ShuttingDownException;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.store.StoreException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database that calls are served from, and another one after its file has been replaced. Each
 * call is served from one of them as a whole; where there is none to be served from, calls fail
 * with {@link UnavailableException}. Thread-safe.
 */
public final class ServedDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(ServedDatabase.class);

  private final Supplier<Database> opening;

  /** Held shared by calls, and alone by whoever closes or replaces the database. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  /** Held by whoever opens another database, without the lock of calls. */
  private final Object replacing = new Object();

  /** Guarded by the lock of calls. */
  private Optional<Database> database;

  /** Guarded by the lock of calls: what was counted in databases that are closed. */
  private long changesBefore;

  /** Why there is no database to be served from. */
  private volatile Optional<String> lost = Optional.empty();

  private volatile boolean closed;

  /**
   * Serves a database.
   *
   * @param opening opens it, and opens it again when its file has been replaced
   */
  public ServedDatabase(Supplier<Database> opening) {
    this.opening = opening;
    database = Optional.of(opening.get());
  }

  /** Does what a call asks for. */
  public <T> T call(Function<Database, T> work) {
    checkIsServed();
    Lock shared = use.readLock();
    shared.lock();
    try {
      checkIsServed();
      return work.apply(database.orElseThrow());
    } finally {
      shared.unlock();
    }
  }

  /** Refuses what comes after the end. */
  public void checkIsOpen() {
    if (closed) {
      throw new ShuttingDownException("database must be open: it has been closed");
    }
  }

  private void checkIsServed() {
    checkIsOpen();
    Optional<String> why = lost;
    if (why.isPresent()) {
      throw new StorageUnavailableException(why.get());
    }
  }

  /** How many changes searches have been shown, or empty while they are shown one. */
  public OptionalLong changeCount() {
    return call(
        now -> {
          OptionalLong count = now.changeCount();
          return count.isPresent()
              ? OptionalLong.of(changesBefore + count.getAsLong())
              : OptionalLong.empty();
        });
  }

  /** Takes up what another process has stored, or the file that it has put in the place of ours. */
  public boolean refresh(Deadline deadline) {
    Optional<Database> now = Optional.empty();
    Lock shared = use.readLock();
    shared.lock();
    try {
      now = database;
      if (now.isPresent()) {
        return now.get().refresh(deadline);
      }
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.REPLACED) {
        throw e;
      }
      lost = Optional.of(e.getMessage());
    } finally {
      shared.unlock();
    }
    synchronized (replacing) {
      return replace(now);
    }
  }

  private boolean replace(Optional<Database> replaced) {
    if (!closeReplaced(replaced)) {
      return false;
    }
    try {
      serve(opening.get());
    } catch (RuntimeException e) {
      lost = Optional.of(e.getMessage());
      throw e;
    }
    LOG.warn("the database's file was replaced, and is served as it is now");
    return true;
  }

  /**
   * Waits for the calls that are served from it; what takes the memory of one has no room for two.
   */
  private boolean closeReplaced(Optional<Database> replaced) {
    Lock alone = use.writeLock();
    alone.lock();
    try {
      if (closed || !database.equals(replaced)) {
        return false;
      }
      if (database.isPresent()) {
        changesBefore += database.get().changeCount().orElse(0) + 1;
        database.get().close();
        database = Optional.empty();
      }
      return true;
    } finally {
      alone.unlock();
    }
  }

  private void serve(Database next) {
    Lock alone = use.writeLock();
    alone.lock();
    try {
      database = Optional.of(next);
      lost = Optional.empty();
    } finally {
      alone.unlock();
    }
  }

  /** Lets no more calls in. */
  public void refuseCalls() {
    closed = true;
  }

  /**
   * Waits for the calls that are being served, and closes the database.
   *
   * @param before is done with it before that
   */
  public void close(Consumer<Database> before) {
    refuseCalls();
    synchronized (replacing) {
      Lock alone = use.writeLock();
      alone.lock();
      try {
        database.ifPresent(
            open -> {
              before.accept(open);
              open.close();
            });
        database = Optional.empty();
      } finally {
        alone.unlock();
      }
    }
  }
}
