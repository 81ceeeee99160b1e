package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.Request;
import java.util.Optional;

/**
 * What became of a request. Immutable.
 *
 * @param id its id, unique within the process and hardly ever the same in another
 * @param peer the address of the client
 * @param op what was asked for, or empty where no known operation was
 * @param request the whole of it, data and all, or empty where it was not valid
 * @param status how it ended
 * @param queuedNanos how long it waited for its turn, in nanoseconds
 * @param totalNanos how long it took from its last byte to its answer, waiting included
 * @param report what a search did, or empty for what was none
 * @param failure why it failed, or empty if it did not
 */
public record ObservedRequest(
    String id,
    String peer,
    Optional<Op> op,
    Optional<Request> request,
    Status status,
    long queuedNanos,
    long totalNanos,
    Optional<SearchReport> report,
    Optional<Throwable> failure) {

  /** {@return whether the storage let it fail} */
  public boolean failedByStorage() {
    return failure
        .filter(one -> one instanceof StorageException || FailureLog.isOfStorage(one))
        .isPresent();
  }
}
