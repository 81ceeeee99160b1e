package dev.vantage.tsdb.search;

import dev.vantage.tsdb.SearchReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the work of a search. Not thread-safe: the searching thread adds the counts of other
 * threads when they are done.
 */
final class SearchCounts {
  private final Map<String, Long> pruned = new LinkedHashMap<>();
  private SearchReport.Plan plan = SearchReport.Plan.TABLE_SCAN;
  private Optional<SearchReport.Estimate> estimate = Optional.empty();
  private int vantagePoints;
  private long vantagePointDistances;
  private long candidates;
  private long visited;
  private long exactDistances;
  private long unexamined;

  /** The plan is to scan the table, unless this is called. */
  SearchCounts plan(SearchReport.Plan newPlan) {
    plan = newPlan;
    return this;
  }

  SearchCounts estimate(SearchReport.Estimate newEstimate) {
    estimate = Optional.of(newEstimate);
    return this;
  }

  SearchCounts vantagePoints(int count, long distances) {
    vantagePoints = count;
    vantagePointDistances = distances;
    return this;
  }

  SearchCounts candidates(long count) {
    candidates = count;
    return this;
  }

  /** Adds to the candidates whose bounds were looked at. */
  SearchCounts visited(long more) {
    visited += more;
    return this;
  }

  /**
   * Adds to the count of series that a bound has ruled out; bounds are reported in the order of
   * their first call.
   */
  SearchCounts pruned(String bound, long more) {
    pruned.merge(bound, more, Long::sum);
    return this;
  }

  SearchCounts exactDistances(long count) {
    exactDistances = count;
    return this;
  }

  SearchCounts unexamined(long count) {
    unexamined = count;
    return this;
  }

  /** The report of a search whose answer is exact. */
  SearchReport exact() {
    return report(Double.POSITIVE_INFINITY);
  }

  SearchReport report(double completeWithin) {
    return new SearchReport(
        plan,
        estimate,
        vantagePoints,
        vantagePointDistances,
        candidates,
        visited,
        pruned,
        exactDistances,
        unexamined,
        completeWithin);
  }
}
