package dev.vantage.tsdb.benchmarks.rival;

/** Thrown out of an engine whose time is over. */
public final class GivenUpException extends RuntimeException {
  private static final long serialVersionUID = 1;

  GivenUpException(String message) {
    super(message);
  }
}
