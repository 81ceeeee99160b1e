package dev.vantage.tsdb.client;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.protocol.InvalidOperationException;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Requests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many writes whose requests are sent ahead of their responses. Not thread-safe.
 *
 * <p>Each write ends in one of three ways: it is stored; it is refused, with the reason; or its
 * outcome is unknown, which is so for requests that were sent and not answered when a connection
 * broke. Requests that were not sent, or were sent behind the one with which the server closed the
 * connection, were not executed: they are sent again on the next connection.
 *
 * @param <T> the type of the outcomes
 */
final class BatchWrite<T> {
  /**
   * Requests of up to this many bytes are sent without asking the server for its limit. A server
   * with a lower limit refuses the longer ones one by one, and closes the connection each time.
   */
  private static final long SMALL_BYTES = 1 << 16;

  private final List<? extends WriteItem<T>> items;

  /** By item; null as long as there is no outcome. */
  private final List<@Nullable T> outcomes;

  private final Map<String, Integer> lastOfId = new HashMap<>();

  /** Indexes of the items that are to be sent, or sent again, in ascending order. */
  private List<Integer> open;

  private Optional<Run> run = Optional.empty();
  private Optional<RuntimeException> refusal = Optional.empty();
  private Status refused = Status.OK;
  private boolean begun;
  private boolean busy;

  BatchWrite(List<? extends WriteItem<T>> items) {
    this.items = items;
    this.outcomes = new ArrayList<>(Collections.nCopies(items.size(), null));
    this.open = IntStream.range(0, items.size()).boxed().toList();
    for (int i = 0; i < items.size(); i++) {
      lastOfId.put(items.get(i).id(), i);
    }
  }

  /** Whether some requests may be too long for a frame of the server. */
  boolean mayBeTooLong() {
    return items.stream().anyMatch(item -> item.mostBytes() > SMALL_BYTES);
  }

  /** Refuses, without sending them, all requests that do not fit into a frame of this length. */
  void refuseAbove(long mostFrameBytes) {
    open =
        open.stream()
            .filter(i -> items.get(i).mostBytes() <= mostFrameBytes || fits(i, mostFrameBytes))
            .toList();
  }

  private boolean fits(int i, long mostFrameBytes) {
    long bytes = (long) request(i).length + Frames.HEADER_BYTES;
    if (bytes > mostFrameBytes) {
      fail(
          i,
          new InvalidOperationException(
              Kind.FRAME_TOO_LONG,
              "series must fit into a request that the server accepts: bytes="
                  + bytes
                  + ", most="
                  + mostFrameBytes));
    }
    return bytes <= mostFrameBytes;
  }

  /** Sends the open items once. The caller must call {@link #settle} afterwards. */
  Void run(ServerConnection connection) throws IOException {
    begun = true;
    List<Integer> all = open;
    Pipeline pipeline = Pipeline.ofShortResponses(connection, all.size(), i -> request(all.get(i)));
    Run now = new Run(pipeline, all);
    run = Optional.of(now);
    pipeline.run(now::take);
    return null;
  }

  /**
   * Determines the outcomes of the items that were open.
   *
   * @param broken why the connection broke, or empty if it did not
   */
  void settle(Optional<RuntimeException> broken) {
    run.ifPresent(ended -> ended.settle(broken));
    run = Optional.empty();
  }

  /** The requests and responses of one connection. */
  private final class Run {
    private final Pipeline pipeline;
    private final List<Integer> all;
    private final List<Integer> again = new ArrayList<>();
    private int answered;
    private boolean mayBeClosed;

    Run(Pipeline pipeline, List<Integer> all) {
      this.pipeline = pipeline;
      this.all = all;
    }

    /** Handles a response. Returns whether to go on sending. */
    boolean take(Response response) {
      int i = all.get(answered);
      WriteItem<T> item = items.get(i);
      answered++;
      // An item is not repeated if a later item has the same id: the later one must be stored last.
      if (response.status() == Status.UNAVAILABLE && lastOfId.getOrDefault(item.id(), -1) == i) {
        again.add(i);
      }
      if (response.status() == Status.OK) {
        outcomes.set(i, item.executed(response.payload()));
      } else {
        RuntimeException failure = Failures.toException(response);
        fail(i, failure);
        refusal = Optional.of(failure);
        refused = response.status();
      }
      mayBeClosed = ServerConnection.mayBeClosedAfter(response);
      return !mayBeClosed;
    }

    void settle(Optional<RuntimeException> broken) {
      busy = !again.isEmpty();
      int notExecuted = answered;
      boolean isClosed =
          mayBeClosed && !broken.map(DeadlineExceededException.class::isInstance).orElse(false);
      if (broken.isPresent() && !isClosed) {
        notExecuted = pipeline.sent();
        for (int i : all.subList(answered, notExecuted)) {
          fail(i, unknown(broken.get()));
        }
      }
      again.addAll(all.subList(notExecuted, all.size()));
      open = List.copyOf(again);
      if (refused == Status.UNAUTHENTICATED) {
        giveUp(refusal.orElseThrow());
      }
    }
  }

  private static OutcomeUnknownException unknown(RuntimeException cause) {
    return new OutcomeUnknownException(
        OutcomeUnknownException.RULE + ": reason=" + cause.getMessage(), cause);
  }

  /** Whether sending was started. */
  boolean hasBegun() {
    return begun;
  }

  /** Returns the number of items without a final outcome. */
  int openCount() {
    return open.size();
  }

  /** Whether the server was too busy for some of the open items. */
  boolean isBusy() {
    return busy;
  }

  /** Returns all outcomes. Must be called when no item is open. */
  List<T> outcomes() {
    List<T> all = new ArrayList<>(outcomes.size());
    outcomes.forEach(outcome -> all.add(Objects.requireNonNull(outcome, "outcome")));
    return List.copyOf(all);
  }

  /** Returns why the server last refused an item or the connection; empty if it refused none. */
  Optional<RuntimeException> refusal() {
    return refusal;
  }

  /** Records that nothing could be sent, because the server refused the connection. */
  void refuse(RuntimeException failure) {
    refusal = Optional.of(failure);
  }

  /** Gives up the open items. The server executed none of them. */
  void giveUp(RuntimeException failure) {
    open.stream().filter(i -> outcomes.get(i) == null).forEach(i -> fail(i, failure));
    open = List.of();
  }

  private void fail(int i, RuntimeException failure) {
    outcomes.set(i, items.get(i).failed(failure));
  }

  private byte[] request(int i) {
    return Requests.encode(items.get(i).request(), Optional.empty());
  }
}
