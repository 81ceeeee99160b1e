package dev.vantage.tsdb.search;

import dev.vantage.tsdb.filter.Filter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The sets that the last filters selected of one state. Thread-safe. */
final class Selections {
  private static final int MOST = 32;

  private final Map<Filter, LiveSet> sets = new LinkedHashMap<>(MOST, 0.75f, true);
  private Optional<IndexState> of = Optional.empty();

  synchronized Optional<LiveSet> find(IndexState state, Filter filter) {
    return of.filter(known -> known == state).map(known -> sets.get(filter));
  }

  synchronized void keep(IndexState state, Filter filter, LiveSet set) {
    if (of.isEmpty() || of.get() != state) {
      sets.clear();
      of = Optional.of(state);
    }
    sets.put(filter, set);
    if (sets.size() > MOST) {
      sets.remove(sets.keySet().iterator().next());
    }
  }

  /** A state may be let go of; nothing is kept of it. */
  synchronized void forget() {
    sets.clear();
    of = Optional.empty();
  }
}
