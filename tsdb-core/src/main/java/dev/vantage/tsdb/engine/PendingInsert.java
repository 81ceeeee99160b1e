package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.Optional;

/** A series that is being inserted. Not thread-safe: used by one thread at a time. */
final class PendingInsert {
  final SeriesEntry entry;

  /** The attributes of the entry, converted to their declared types. */
  Attributes attributes = Attributes.none();

  double[] row = {};
  double[] distances = {};

  /** Why the series cannot be prepared. */
  Optional<RuntimeException> failure = Optional.empty();

  /** Why the database in its present state refuses the series. */
  Optional<RuntimeException> refusal = Optional.empty();

  boolean created;

  PendingInsert(SeriesEntry entry) {
    this.entry = entry;
  }

  boolean isPrepared() {
    return failure.isEmpty();
  }

  boolean isAccepted() {
    return isPrepared() && refusal.isEmpty();
  }

  /** {@return the entry to be stored} */
  SeriesEntry accepted() {
    return new SeriesEntry(entry.id(), entry.series(), attributes);
  }

  InsertOutcome outcome() {
    return failure
        .or(() -> refusal)
        .map(reason -> InsertOutcome.refused(entry.id(), reason))
        .orElseGet(this::stored);
  }

  private InsertOutcome stored() {
    return created ? InsertOutcome.inserted(entry.id()) : InsertOutcome.replaced(entry.id());
  }

  /** Releases data that only storing needed. */
  void forget() {
    row = new double[0];
    distances = row;
  }
}
