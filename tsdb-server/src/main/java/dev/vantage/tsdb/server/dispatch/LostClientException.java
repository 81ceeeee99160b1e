package dev.vantage.tsdb.server.dispatch;

/** The client of a connection does not take an answer, so that the connection must end. */
public final class LostClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param cause the failure of the connection
   */
  public LostClientException(Exception cause) {
    super(cause);
  }
}
