package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Splits the series of an insert into parts, in order. Not thread-safe. */
final class InsertBatches {
  /** The most series of a part; {@link #PART_POINTS} limits its points. */
  private static final int PART_SERIES = 4096;

  private static final int PART_POINTS = 1 << 21;

  private final List<PendingInsert> all;
  private int taken;

  InsertBatches(List<SeriesEntry> entries) {
    all = entries.stream().map(PendingInsert::new).toList();
  }

  boolean hasNext() {
    return taken < all.size();
  }

  /**
   * Takes the next part; empty at the end. No two series of a part have the same id, because the
   * second must find the first one stored.
   *
   * @param size the size of the part, in multiples of a usual part
   */
  List<PendingInsert> next(int size) {
    Set<String> ids = new HashSet<>();
    long points = 0;
    int from = taken;
    while (taken < all.size()
        && ids.size() < size * PART_SERIES
        && points < (long) size * PART_POINTS
        && ids.add(all.get(taken).entry.id())) {
      points += all.get(taken).entry.series().size();
      taken++;
    }
    return all.subList(from, taken);
  }

  List<InsertOutcome> outcomes() {
    List<InsertOutcome> outcomes = new ArrayList<>(all.size());
    all.forEach(arrival -> outcomes.add(arrival.outcome()));
    return outcomes;
  }
}
