package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.store.AttributeDelta;
import java.util.Optional;

/** Changes of attributes that are being written. Not thread-safe: used by one thread at a time. */
final class PendingAttributes {
  final String id;
  final AttributeChanges changes;

  /** The ordinal of the series in the published state. */
  int ordinal;

  /** Why the database in its present state refuses the changes. */
  Optional<RuntimeException> refusal = Optional.empty();

  /** The change to be stored; empty if the changes are refused or have no effect. */
  Optional<AttributeDelta> accepted = Optional.empty();

  PendingAttributes(String id, AttributeChanges changes) {
    this.id = id;
    this.changes = changes;
  }

  AttributeOutcome outcome() {
    return refusal
        .map(reason -> AttributeOutcome.refused(id, reason))
        .orElseGet(() -> AttributeOutcome.changed(id));
  }
}
