package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.Optional;

/** A series on its way into the database. For one thread at a time. */
final class PendingInsert {
  final SeriesEntry entry;

  /** Those of the entry, once they have their declared types. */
  Attributes attributes = Attributes.none();

  double[] row = {};
  double[] distances = {};

  /** Why the series cannot be prepared. */
  Optional<RuntimeException> failure = Optional.empty();

  /** Why the database does not take the series as it is now. */
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

  /** What is to be stored. */
  SeriesEntry accepted() {
    return new SeriesEntry(entry.id(), entry.series(), attributes);
  }

  InsertOutcome outcome() {
    return new InsertOutcome(entry.id(), created, failure.or(() -> refusal));
  }

  /** Lets go of what only the storing needed. */
  void forget() {
    row = new double[0];
    distances = row;
  }
}
