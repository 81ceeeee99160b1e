package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of the series of an import. Thread-safe. The counts add up to the series that were
 * met.
 */
final class ImportCounts {
  private static final int MOST_REASONS = 10;

  private final AtomicLong imported = new AtomicLong();
  private final AtomicLong replaced = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();
  private final AtomicLong droppedRows = new AtomicLong();
  private final List<String> reasons = new ArrayList<>();

  void addImported() {
    imported.incrementAndGet();
  }

  void addReplaced() {
    replaced.incrementAndGet();
  }

  void addSkipped(long series) {
    skipped.addAndGet(series);
  }

  void addRefused(long series) {
    refused.addAndGet(series);
  }

  void addUnknown(long series) {
    unknown.addAndGet(series);
  }

  void addDroppedRows(long rows) {
    droppedRows.addAndGet(rows);
  }

  /** Keeps one of the first reasons. */
  synchronized void addReason(String reason) {
    if (reasons.size() < MOST_REASONS) {
      reasons.add(reason);
    }
  }

  long imported() {
    return imported.get();
  }

  long refused() {
    return refused.get();
  }

  long unknown() {
    return unknown.get();
  }

  /** How many series were met. */
  long met() {
    return imported.get() + replaced.get() + skipped.get() + refused() + unknown();
  }

  String inWords() {
    String skippedToo = skipped.get() == 0 ? "" : ", skipped " + skipped;
    String known = "imported " + imported + ", replaced " + replaced + skippedToo;
    return known
        + ", refused "
        + refused
        + (unknown() == 0 ? "" : ", of unknown outcome " + unknown);
  }

  VerbOutput answer() {
    return answer(payload());
  }

  /** The answer of an import that ended early. */
  VerbOutput answerUpTo(String position) {
    return answer(payload().put("after", position));
  }

  private VerbOutput answer(ObjectNode payload) {
    return VerbOutput.of(
            payload,
            TextTable.ofOne(
                List.of("imported", "replaced", "skipped", "refused", "unknown", "dropped_rows"),
                List.of(
                    imported.toString(),
                    replaced.toString(),
                    skipped.toString(),
                    refused.toString(),
                    unknown.toString(),
                    droppedRows.toString())))
        .inWords(inWords());
  }

  private synchronized ObjectNode payload() {
    ObjectNode payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("imported", imported.get())
            .put("replaced", replaced.get())
            .put("skipped", skipped.get())
            .put("refused", refused.get())
            .put("unknown", unknown.get())
            .put("dropped_rows", droppedRows.get());
    ArrayNode all = payload.putArray("reasons");
    reasons.forEach(all::add);
    return payload;
  }
}
