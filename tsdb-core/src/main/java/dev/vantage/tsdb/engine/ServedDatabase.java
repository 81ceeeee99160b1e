package dev.vantage.tsdb.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.ShuttingDownException;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.store.StoreException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database that serves calls, reopened after its file has been replaced. Each call uses one
 * opened database throughout. While no database is open, calls fail with {@link
 * dev.vantage.tsdb.UnavailableException}. Thread-safe.
 */
public final class ServedDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(ServedDatabase.class);

  private final Supplier<Database> opening;

  /** Calls hold the read lock; closing or replacing the database holds the write lock. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  /** Held while another database is being opened, without {@link #use}. */
  private final Object replacing = new Object();

  @GuardedBy("use")
  private Optional<Database> database;

  /** Changes counted in databases that were closed. */
  @GuardedBy("use")
  private long changesBefore;

  /** Why no database is open. */
  private volatile Optional<String> lost = Optional.empty();

  private volatile boolean closed;

  /**
   * Serves a database.
   *
   * @param opening opens the database, and opens it again when its file has been replaced
   */
  public ServedDatabase(Supplier<Database> opening) {
    this.opening = opening;
    database = Optional.of(opening.get());
  }

  /** Runs a call on the database. */
  public <T> T call(Function<Database, T> work) {
    checkIsServed();
    use.readLock().lock();
    try {
      checkIsServed();
      return work.apply(database.orElseThrow());
    } finally {
      use.readLock().unlock();
    }
  }

  /** Fails if the database is closed. */
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

  /** {@return how many changes searches can see; empty while a change is becoming visible} */
  public OptionalLong changeCount() {
    return call(
        now -> {
          OptionalLong count = now.changeCount();
          return count.isPresent()
              ? OptionalLong.of(changesBefore + count.getAsLong())
              : OptionalLong.empty();
        });
  }

  /** Loads what another process has stored, or the file that has replaced the opened file. */
  public boolean refresh(Deadline deadline) {
    Optional<Database> now = Optional.empty();
    use.readLock().lock();
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
      use.readLock().unlock();
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
    LOG.warn("database file was replaced; the new file is served");
    return true;
  }

  /**
   * Waits for calls under way on the replaced database and closes it first, because memory may not
   * hold two.
   */
  private boolean closeReplaced(Optional<Database> replaced) {
    use.writeLock().lock();
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
      use.writeLock().unlock();
    }
  }

  private void serve(Database next) {
    use.writeLock().lock();
    try {
      database = Optional.of(next);
      lost = Optional.empty();
    } finally {
      use.writeLock().unlock();
    }
  }

  /** Refuses further calls. */
  public void refuseCalls() {
    closed = true;
  }

  /**
   * Waits for calls under way, and closes the database.
   *
   * @param before runs on the database before it is closed
   */
  public void close(Consumer<Database> before) {
    refuseCalls();
    synchronized (replacing) {
      use.writeLock().lock();
      try {
        database.ifPresent(
            open -> {
              before.accept(open);
              open.close();
            });
        database = Optional.empty();
      } finally {
        use.writeLock().unlock();
      }
    }
  }
}
