package dev.vantage.tsdb.client;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.protocol.InvalidOperationException;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Insert;
import dev.vantage.tsdb.protocol.op.Requests;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Many inserts whose requests are sent ahead of their responses. Not thread-safe.
 *
 * <p>Each entry ends in one of three ways: it is stored; it is refused, with the reason; or its
 * outcome is unknown, which is so for requests that were sent and not answered when a connection
 * broke. Requests that were not sent, or were sent behind the one with which the server closed the
 * connection, were not executed: they are sent again on the next connection.
 */
final class BatchInsert {
  /** The maximum bytes of a request per point. */
  private static final long POINT_BYTES = 52;

  private static final long CHARACTER_BYTES = 6;
  private static final long OTHER_BYTES = 4096;

  /**
   * Requests of up to this many bytes are sent without asking the server for its limit. A server
   * with a lower limit refuses the longer ones one by one, and closes the connection each time.
   */
  private static final long SMALL_BYTES = 1 << 16;

  private final List<SeriesEntry> entries;
  private final boolean replace;
  private final InsertOutcome[] outcomes;
  private final Map<String, Integer> lastOfId = new HashMap<>();

  /** Indexes of the entries that are to be sent, or sent again, in ascending order. */
  private List<Integer> open;

  private Optional<Run> run = Optional.empty();
  private Optional<RuntimeException> refusal = Optional.empty();
  private Status refused = Status.OK;
  private boolean begun;
  private boolean busy;

  BatchInsert(List<SeriesEntry> entries, boolean replace) {
    this.entries = entries;
    this.replace = replace;
    this.outcomes = new InsertOutcome[entries.size()];
    this.open = IntStream.range(0, entries.size()).boxed().toList();
    for (int i = 0; i < entries.size(); i++) {
      lastOfId.put(entries.get(i).id(), i);
    }
  }

  /** Whether some series may be too long for a frame of the server. */
  boolean mayBeTooLong() {
    return entries.stream().anyMatch(entry -> mostBytes(entry) > SMALL_BYTES);
  }

  /** Refuses, without sending them, all series that do not fit into a frame of this length. */
  void refuseAbove(long mostFrameBytes) {
    open =
        open.stream()
            .filter(i -> mostBytes(entries.get(i)) <= mostFrameBytes || fits(i, mostFrameBytes))
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

  private static long mostBytes(SeriesEntry entry) {
    long text = (long) entry.id().length() + entry.attributes().toString().length();
    return OTHER_BYTES + POINT_BYTES * entry.series().size() + CHARACTER_BYTES * text;
  }

  /** Sends the open entries once. The caller must call {@link #settle} afterwards. */
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
   * Determines the outcomes of the entries that were open.
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
      outcomes[i] = outcome(entries.get(i).id(), response);
      answered++;
      // An entry is not repeated if a later entry has the same id: the later one must be stored
      // last.
      if (response.status() == Status.UNAVAILABLE
          && lastOfId.getOrDefault(entries.get(i).id(), -1) == i) {
        again.add(i);
      }
      if (response.status() != Status.OK) {
        refusal = outcomes[i].failure();
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

  /** Returns the number of entries without a final outcome. */
  int openCount() {
    return open.size();
  }

  /** Whether the server was too busy for some of the open entries. */
  boolean isBusy() {
    return busy;
  }

  /** Returns all outcomes. Must be called when no entry is open. */
  List<InsertOutcome> outcomes() {
    return List.of(outcomes);
  }

  /** Returns why the server last refused an entry or the connection; empty if it refused none. */
  Optional<RuntimeException> refusal() {
    return refusal;
  }

  /** Records that nothing could be sent, because the server refused the connection. */
  void refuse(RuntimeException failure) {
    refusal = Optional.of(failure);
  }

  /** Gives up the open entries. The server executed none of them. */
  void giveUp(RuntimeException failure) {
    open.stream().filter(i -> outcomes[i] == null).forEach(i -> fail(i, failure));
    open = List.of();
  }

  private void fail(int i, RuntimeException failure) {
    outcomes[i] = InsertOutcome.refused(entries.get(i).id(), failure);
  }

  private byte[] request(int i) {
    return Requests.encode(new Insert(entries.get(i), replace), Optional.empty());
  }

  private static InsertOutcome outcome(String id, Response response) {
    if (response.status() != Status.OK) {
      return InsertOutcome.refused(id, Failures.toException(response));
    }
    return Insert.answer(response.payload())
        ? InsertOutcome.inserted(id)
        : InsertOutcome.replaced(id);
  }
}
