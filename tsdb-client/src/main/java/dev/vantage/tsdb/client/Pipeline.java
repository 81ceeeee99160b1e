package dev.vantage.tsdb.client;

import dev.vantage.tsdb.protocol.Response;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Requests on one connection, sent ahead of their responses, which come in the same order. For one
 * thread.
 *
 * <p>That thread either sends or receives, and so does the server's. Were responses long, and ever
 * more requests sent, both would end up sending to one that does not receive. So requests that may
 * have long responses are sent ahead only as far as the buffers of the two sockets hold them even
 * if the server receives none.
 */
final class Pipeline {
  /** Requests that may be on their way before a response is received. */
  private static final int WINDOW = 32;

  /**
   * Bytes that a connection takes without anybody receiving them. The usual buffers, of the sender
   * and the receiver together, hold more.
   */
  private static final int SAFE_BYTES = 1 << 16;

  private final ServerConnection connection;
  private final IntFunction<byte[]> requests;
  private final int count;
  private final long mostBytes;

  /** Lengths of the requests that are on their way. */
  private final ArrayDeque<Integer> lengths = new ArrayDeque<>();

  private long bytes;
  private int sent;
  private byte[] next;

  private Pipeline(
      ServerConnection connection, int count, IntFunction<byte[]> requests, long mostBytes) {
    this.connection = connection;
    this.count = count;
    this.requests = requests;
    this.mostBytes = mostBytes;
  }

  /** For requests whose responses are short, however long the requests. */
  static Pipeline ofShortResponses(
      ServerConnection connection, int count, IntFunction<byte[]> requests) {
    return new Pipeline(connection, count, requests, Long.MAX_VALUE);
  }

  /** For requests and responses of any length. */
  static Pipeline ofAnyResponses(
      ServerConnection connection, int count, IntFunction<byte[]> requests) {
    return new Pipeline(connection, count, requests, SAFE_BYTES);
  }

  /**
   * Runs until every request is answered, or until one response is the last one wanted: then
   * nothing more is sent, and what was sent is received, so that the connection can be used again.
   *
   * @param more takes a response, and says whether another one is wanted
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

  /** A server that closes the connection says why first, and that lies unread. */
  private void receiveWhatWasSaid(Predicate<Response> more) {
    try {
      while (!lengths.isEmpty()) {
        receive(more);
      }
    } catch (IOException e) {
      // Nothing more was said.
    }
  }

  /** How many requests were sent, the last of them perhaps in part. */
  int sent() {
    return sent;
  }

  private boolean mayBeSent() {
    if (sent == count || lengths.size() == WINDOW) {
      return false;
    }
    if (next == null) {
      next = requests.apply(sent);
    }
    // A server that has answered everything is receiving.
    return lengths.isEmpty() || bytes + next.length <= mostBytes;
  }

  private void send() throws IOException {
    byte[] body = next;
    lengths.add(body.length);
    bytes += body.length;
    next = null;
    sent++;
    connection.send(body);
  }
}
