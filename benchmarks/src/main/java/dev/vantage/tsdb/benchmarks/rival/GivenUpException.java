package dev.vantage.tsdb.benchmarks.rival;

/** The time of an engine is over. */
public final class GivenUpException extends RuntimeException {
  private static final long serialVersionUID = 1;

  GivenUpException(String message) {
    super(message);
  }
}
