package dev.vantage.tsdb.client;

import dev.vantage.tsdb.protocol.Response;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Not thread-safe. Sends requests on one connection ahead of their responses, which arrive in the
 * same order.
 *
 * <p>The calling thread either sends or receives, and so does the server's thread. If requests were
 * sent without bound while responses are long, both threads could block in sending: a deadlock. So
 * requests with long responses are sent ahead only as far as the socket buffers hold them even if
 * the server reads nothing.
 */
final class Pipeline {
  /** The most requests without a response yet. */
  private static final int WINDOW = 32;

  /**
   * The number of bytes that can be sent while the receiver reads nothing. The usual socket buffers
   * of sender and receiver together hold more.
   */
  private static final int SAFE_BYTES = 1 << 16;

  private final ServerConnection connection;
  private final IntFunction<byte[]> requests;
  private final int count;
  private final long mostBytes;

  /** Lengths in bytes of the requests without a response yet. */
  private final ArrayDeque<Integer> lengths = new ArrayDeque<>();

  private long bytes;
  private int sent;

  /** The request to send next, if it is encoded already. */
  private byte @Nullable [] next;

  private Pipeline(
      ServerConnection connection, int count, IntFunction<byte[]> requests, long mostBytes) {
    this.connection = connection;
    this.count = count;
    this.requests = requests;
    this.mostBytes = mostBytes;
  }

  /** Creates a pipeline for requests of any length with short responses. */
  static Pipeline ofShortResponses(
      ServerConnection connection, int count, IntFunction<byte[]> requests) {
    return new Pipeline(connection, count, requests, Long.MAX_VALUE);
  }

  /** Creates a pipeline for requests and responses of any length. */
  static Pipeline ofAnyResponses(
      ServerConnection connection, int count, IntFunction<byte[]> requests) {
    return new Pipeline(connection, count, requests, SAFE_BYTES);
  }

  /**
   * Runs until every request is answered, or until no further response is wanted. Then no more
   * requests are sent, but all outstanding responses are received, so that the connection can be
   * used again.
   *
   * @param more handles a response, and returns whether further ones are wanted
   */
  void run(Predicate<Response> more) throws IOException {
    boolean going = true;
    while (going && sent < count || !lengths.isEmpty()) {
      while (going && mayBeSent()) {
        try {
          send();
        } catch (IOException e) {
          receiveWhatWasSaid(more);
          throw e;
        }
      }
      going = receive(more) && going;
    }
  }

  private boolean receive(Predicate<Response> more) throws IOException {
    Response response = connection.receiveAny();
    bytes -= lengths.remove();
    return more.test(response);
  }

  /**
   * Receives the responses that a server sent before it closed the connection, such as the reason.
   */
  private void receiveWhatWasSaid(Predicate<Response> more) {
    try {
      while (!lengths.isEmpty()) {
        receive(more);
      }
    } catch (IOException e) {
      // There is no further response.
    }
  }

  /** Returns the number of requests sent; the last may have been sent in part. */
  int sent() {
    return sent;
  }

  private boolean mayBeSent() {
    if (sent == count || lengths.size() == WINDOW) {
      return false;
    }
    byte[] body = next == null ? requests.apply(sent) : next;
    next = body;
    // A server without unanswered requests is reading.
    return lengths.isEmpty() || bytes + body.length <= mostBytes;
  }

  private void send() throws IOException {
    byte[] body = Objects.requireNonNull(next, "next");
    lengths.add(body.length);
    bytes += body.length;
    next = null;
    sent++;
    connection.send(body);
  }
}
