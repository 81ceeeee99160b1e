package dev.vantage.tsdb.server.monitor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.server.dispatch.AccessProblem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether a server is ready to serve. Thread-safe. Each check asks the storage for a small
 * read, at most once a second.
 */
final class Readiness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The reason why a server is not ready. */
  enum Reason {
    /** Its database is not open yet. */
    STARTING,
    /** It is stopping. */
    DRAINING,
    /** Its storage does not answer, or fails. */
    STORAGE,
    /**
     * It is opened for writing, but its storage accepts no writes: for example, a standby of
     * PostgreSQL.
     */
    READ_ONLY,
    /** Its token file cannot be used, so no client is authenticated. */
    TOKENS,
    /** Its certificate has expired. */
    CERTIFICATE
  }

  private record Check(long begun, CompletableFuture<Optional<Reason>> outcome) {}

  private final Duration patience;
  private final LongSupplier nanoTime;
  private final ExecutorService asking =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "tsdb-readiness");
            thread.setDaemon(true);
            return thread;
          });

  @GuardedBy("this")
  private Optional<Tsdb> database = Optional.empty();

  @GuardedBy("this")
  private Supplier<Optional<AccessProblem>> access = Optional::empty;

  @GuardedBy("this")
  private Optional<Check> last = Optional.empty();

  @GuardedBy("this")
  private Optional<Reason> told = Optional.of(Reason.STARTING);

  @GuardedBy("this")
  private boolean draining;

  /**
   * Creates a check in the state {@link Reason#STARTING}.
   *
   * @param patience the timeout for an answer of the storage
   * @param nanoTime the clock
   */
  Readiness(Duration patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  synchronized void serving(Tsdb tsdb, Supplier<Optional<AccessProblem>> entranceProblem) {
    database = Optional.of(tsdb.withTimeout(patience));
    access = entranceProblem;
  }

  synchronized void draining() {
    draining = true;
  }

  /**
   * Returns why the server is not ready, or empty if it is ready. Takes no longer than the timeout.
   */
  Optional<Reason> problem() {
    Optional<Reason> problem = certain().or(this::closed).or(() -> await(check()));
    tell(problem);
    return problem;
  }

  /** Returns a problem that needs attention although the server is ready, or empty. */
  Optional<Reason> warning() {
    return entranceProblem().filter(problem -> !problem.keepsClientsOut()).map(Readiness::reason);
  }

  private Optional<Reason> closed() {
    return entranceProblem().filter(AccessProblem::keepsClientsOut).map(Readiness::reason);
  }

  private Optional<AccessProblem> entranceProblem() {
    Supplier<Optional<AccessProblem>> asked;
    synchronized (this) {
      asked = access;
    }
    return asked.get(); // reads files
  }

  private static Reason reason(AccessProblem problem) {
    return problem == AccessProblem.TOKENS ? Reason.TOKENS : Reason.CERTIFICATE;
  }

  private synchronized Optional<Reason> certain() {
    if (draining) {
      return Optional.of(Reason.DRAINING);
    }
    return database.isEmpty() ? Optional.of(Reason.STARTING) : Optional.empty();
  }

  private synchronized Check check() {
    long now = nanoTime.getAsLong();
    // While a check hangs, no other check is started.
    boolean usable =
        last.isPresent()
            && (!last.get().outcome().isDone() || now - last.get().begun() < FRESH_NANOS);
    if (!usable) {
      Tsdb asked = database.orElseThrow();
      last = Optional.of(new Check(now, CompletableFuture.supplyAsync(() -> ask(asked), asking)));
    }
    return last.orElseThrow();
  }

  private static Optional<Reason> ask(Tsdb tsdb) {
    try {
      tsdb.ids(IdQuery.first(1));
      boolean isWritable = !(tsdb instanceof EmbeddedTsdb embedded) || embedded.acceptsWrites();
      return isWritable ? Optional.empty() : Optional.of(Reason.READ_ONLY);
    } catch (RuntimeException | Error e) {
      LOG.debug("storage must answer, but did not", e);
      return Optional.of(Reason.STORAGE);
    }
  }

  private Optional<Reason> await(Check check) {
    try {
      return check.outcome().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Optional.of(Reason.STORAGE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(Reason.DRAINING);
    }
  }

  private synchronized void tell(Optional<Reason> problem) {
    if (problem.equals(told)) {
      return;
    }
    told = problem;
    if (problem.isEmpty()) {
      LOG.info("ready");
    } else {
      LOG.atWarn().addKeyValue("reason", problem.get()).log("not ready");
    }
  }

  @Override
  public void close() {
    asking.shutdownNow();
  }
}
