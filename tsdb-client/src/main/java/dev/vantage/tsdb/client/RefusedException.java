package dev.vantage.tsdb.client;

import dev.vantage.tsdb.protocol.Response;
import java.io.IOException;

/**
 * The server refuses the connection or a request because a limit is reached, and closes the
 * connection. Requests that were not answered before were not executed.
 */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Response response;

  RefusedException(Response response) {
    super(response.message().orElse(response.status().name()));
    this.response = response;
  }

  /** Returns the response of the server. */
  Response response() {
    return response;
  }
}
