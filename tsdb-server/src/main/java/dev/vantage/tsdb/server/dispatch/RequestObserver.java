package dev.vantage.tsdb.server.dispatch;

/** Is notified of every answered or refused request, to count, measure or log it. Thread-safe. */
@FunctionalInterface
public interface RequestObserver {
  /** Ignores all requests. */
  RequestObserver NONE = request -> {};

  /**
   * Called once for every request, on any thread, before the answer is sent. Must be fast, and must
   * not throw.
   *
   * @param request the request and its outcome
   */
  void answered(ObservedRequest request);
}
