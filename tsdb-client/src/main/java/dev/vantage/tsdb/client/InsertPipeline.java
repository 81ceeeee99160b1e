package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.PayloadReader;
import dev.vantage.tsdb.protocol.Request.Insert;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Inserts many series over one connection without waiting for each answer. Answers to inserts are
 * so small that {@value #WINDOW} of them fit in the buffers between the two sides: the server never
 * waits for this side to read, so this side may write without reading.
 */
final class InsertPipeline {
  /** The most requests under way. */
  static final int WINDOW = 64;

  private final Transport transport;
  private final boolean replace;

  /** What became of the first series, in order; the rest are open. */
  private final List<InsertOutcome> outcomes = new ArrayList<>();

  /** Those sent but not answered, and those refused on this side, in order. */
  private final Deque<Step> underWay = new ArrayDeque<>();

  private int unanswered;

  InsertPipeline(Transport transport, boolean replace) {
    this.transport = transport;
    this.replace = replace;
  }

  /**
   * A series on its way.
   *
   * @param request what is sent
   * @param refusal why it is not sent, or empty
   */
  private record Step(Insert request, Optional<RuntimeException> refusal) {}

  /**
   * What became of each series, in order. Where the connection breaks, those that are acknowledged
   * are told apart from those whose outcome is unknown; it is the whole that fails only if nothing
   * was sent.
   */
  List<InsertOutcome> run(List<SeriesEntry> entries, Deadline deadline) {
    try {
      transport.with(
          deadline,
          false,
          use -> {
            underWay.clear();
            unanswered = 0;
            for (SeriesEntry entry : entries.subList(outcomes.size(), entries.size())) {
              send(use, new Insert(entry, replace));
            }
            while (!underWay.isEmpty()) {
              settle(use);
            }
            return true;
          });
    } catch (TsdbException e) {
      if (outcomes.isEmpty() && !(e instanceof ConnectionException && unanswered > 0)) {
        throw e;
      }
      for (SeriesEntry entry : entries.subList(outcomes.size(), entries.size())) {
        outcomes.add(new InsertOutcome(entry.id(), false, Optional.of(e)));
      }
    }
    return List.copyOf(outcomes);
  }

  private void send(Transport.Use use, Insert request) throws IOException {
    while (unanswered == WINDOW) {
      settle(use);
    }
    byte[] frame;
    try {
      frame = transport.encode(request);
    } catch (IllegalArgumentException e) {
      underWay.add(new Step(request, Optional.of(e)));
      return;
    }
    underWay.add(new Step(request, Optional.empty()));
    unanswered++;
    use.send(frame);
  }

  /** Takes down what became of the first series under way. */
  private void settle(Transport.Use use) throws IOException {
    Step step = underWay.remove();
    String id = step.request().entry().id();
    if (step.refusal().isPresent()) {
      outcomes.add(new InsertOutcome(id, false, step.refusal()));
      return;
    }
    Response response = use.receive(step.request());
    unanswered--;
    if (response.status() == Status.OK) {
      boolean created = PayloadReader.created(response.payload());
      outcomes.add(new InsertOutcome(id, created, Optional.empty()));
    } else {
      RuntimeException failure = Failures.toException(step.request().op(), response);
      outcomes.add(new InsertOutcome(id, false, Optional.of(failure)));
    }
  }
}
