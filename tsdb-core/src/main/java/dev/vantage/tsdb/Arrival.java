package dev.vantage.tsdb;

import dev.vantage.tsdb.series.SeriesEntry;
import java.util.Optional;

/** A series on its way into the database. For one thread at a time. */
final class Arrival {
  final SeriesEntry entry;
  double[] row = {};
  double[] distances = {};
  Optional<RuntimeException> failure = Optional.empty();
  boolean created;

  Arrival(SeriesEntry entry) {
    this.entry = entry;
  }

  boolean isAccepted() {
    return failure.isEmpty();
  }

  InsertOutcome outcome() {
    return new InsertOutcome(entry.id(), created, failure);
  }

  /** Lets go of what only the storing needed. */
  void forget() {
    row = new double[0];
    distances = row;
  }
}
