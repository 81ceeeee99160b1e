package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.Op;
import dev.vantage.tsdb.protocol.PayloadReader;
import dev.vantage.tsdb.protocol.Request;
import dev.vantage.tsdb.protocol.Requests;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Many inserts whose requests are sent ahead of their responses. Those that a busy server refuses
 * can be sent again. For one thread.
 */
final class BatchInsert {
  private final List<SeriesEntry> entries;
  private final boolean replace;
  private final InsertOutcome[] outcomes;
  private final Map<String, Integer> lastOfId = new HashMap<>();

  /** Which entries are still to be answered, or to be sent again, in their order. */
  private List<Integer> open;

  BatchInsert(List<SeriesEntry> entries, boolean replace) {
    this.entries = entries;
    this.replace = replace;
    this.outcomes = new InsertOutcome[entries.size()];
    this.open = IntStream.range(0, entries.size()).boxed().toList();
    for (int i = 0; i < entries.size(); i++) {
      lastOfId.put(entries.get(i).id(), i);
    }
  }

  /** Sends what is open, and says whether some of it should be sent again later. */
  boolean run(Connection connection) throws IOException {
    List<Integer> sent = open;
    List<Integer> again = new ArrayList<>();
    int[] answered = {0};
    try {
      Pipeline.ofShortResponses(connection, sent.size(), i -> request(sent.get(i)))
          .run(
              response -> {
                int i = sent.get(answered[0]++);
                outcomes[i] = outcome(entries.get(i).id(), response);
                // Another of its id that came later must stay the last.
                if (response.status() == Status.UNAVAILABLE
                    && lastOfId.get(entries.get(i).id()) == i) {
                  again.add(i);
                }
                return true;
              });
      open = again;
      return !again.isEmpty();
    } catch (IOException e) {
      open = sent.subList(answered[0], sent.size());
      throw e;
    }
  }

  /** All outcomes; of entries without any, a failure. */
  List<InsertOutcome> outcomes() {
    return List.of(outcomes);
  }

  /** Notes a failure of all that were not answered. */
  void fail(RuntimeException failure) {
    for (int i : open) {
      outcomes[i] = new InsertOutcome(entries.get(i).id(), false, Optional.of(failure));
    }
  }

  private byte[] request(int i) {
    return Requests.encode(new Request.Insert(entries.get(i), replace), Optional.empty());
  }

  private static InsertOutcome outcome(String id, Response response) {
    return response.status() == Status.OK
        ? new InsertOutcome(id, PayloadReader.created(response.payload()), Optional.empty())
        : new InsertOutcome(id, false, Optional.of(Failures.toException(Op.INSERT, response)));
  }
}
