package dev.vantage.tsdb.search;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.LiveOrdinals;
import dev.vantage.tsdb.index.MissingAttributesException;
import dev.vantage.tsdb.pool.Coprocessor;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Selects the series that pass a filter. Thread-safe. Caches the selections of the last filters for
 * one state.
 */
final class Selections {
  private static final int MOST_KEPT = 32;

  private final Coprocessor pool;

  @GuardedBy("this")
  private final Map<Filter, LiveOrdinals> sets = new LinkedHashMap<>(MOST_KEPT, 0.75f, true);

  /** The state of the sets; weak, so that they do not keep an old state in memory. */
  @GuardedBy("this")
  private WeakReference<IndexState> of = new WeakReference<>(null);

  Selections(Coprocessor pool) {
    this.pool = pool;
  }

  /**
   * Returns a state with only the series that pass the filter of a request.
   *
   * @throws MissingAttributesException if it has a filter and attributes are not loaded
   */
  IndexState select(IndexState state, SearchRequest request) {
    return request.where().isEmpty()
        ? state
        : state.within(select(state, request.where().get(), request.checkpoint()));
  }

  /**
   * Returns the series of a state that pass a filter.
   *
   * @throws MissingAttributesException if attributes are not loaded
   */
  LiveOrdinals select(IndexState state, Filter filter, Runnable checkpoint) {
    if (state.attributes().isEmpty()) {
      throw new MissingAttributesException();
    }
    return find(state, filter)
        .orElseGet(
            () -> {
              LiveOrdinals set = Selection.of(filter, state, pool, checkpoint);
              keep(state, filter, set);
              return set;
            });
  }

  private synchronized Optional<LiveOrdinals> find(IndexState state, Filter filter) {
    return of.refersTo(state) ? Optional.ofNullable(sets.get(filter)) : Optional.empty();
  }

  private synchronized void keep(IndexState state, Filter filter, LiveOrdinals set) {
    if (!of.refersTo(state)) {
      sets.clear();
      of = new WeakReference<>(state);
    }
    sets.put(filter, set);
    if (sets.size() > MOST_KEPT) {
      sets.remove(sets.keySet().iterator().next());
    }
  }
}
