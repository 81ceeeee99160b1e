package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.Request;
import java.util.Optional;

/**
 * A finished request and its outcome. Immutable.
 *
 * @param id its id, unique within the process and very likely among processes
 * @param peer the address of the client
 * @param op its operation, or empty if that is unknown
 * @param request the request with all its data, or empty if it was invalid
 * @param status the status of its answer
 * @param queuedNanos how long it waited in queues, in nanoseconds
 * @param totalNanos the time from its last byte to its answer, with waiting, in nanoseconds
 * @param report the report of a search, or empty for other requests
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

  /** {@return whether it failed because of the storage} */
  public boolean failedByStorage() {
    return failure
        .filter(one -> one instanceof StorageException || FailureLog.isOfStorage(one))
        .isPresent();
  }
}
