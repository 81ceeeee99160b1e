package dev.vantage.tsdb.server.dispatch;

/** Is told of every request that was answered or refused: to count, to measure, to log. */
@FunctionalInterface
public interface RequestObserver {
  /** Wants to know nothing. */
  RequestObserver NONE = request -> {};

  /**
   * Takes note of a request, before its answer is sent. Called on any thread, for every request: it
   * must be quick, and must not throw.
   *
   * @param request what became of it
   */
  void answered(ObservedRequest request);
}
