package dev.vantage.tsdb.client;

import dev.vantage.tsdb.protocol.Response;
import java.io.IOException;

/**
 * The server has no room for the connection, or for what was sent on it, and closes it. Nothing
 * that was not answered before was done.
 */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Response response;

  RefusedException(Response response) {
    super(response.message().orElse(response.status().name()));
    this.response = response;
  }

  /** What the server said. */
  Response response() {
    return response;
  }
}
