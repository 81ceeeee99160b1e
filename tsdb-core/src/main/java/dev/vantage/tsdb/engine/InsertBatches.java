package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Series on their way into the database, taken in parts, in order. For one thread. */
final class InsertBatches {
  /** A part holds at most so many series, and about so many points. */
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
   * The next part; empty if there is none. No two of its series have one id, for the second one
   * must find the first one stored.
   *
   * @param size how many usual parts this one may hold
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
