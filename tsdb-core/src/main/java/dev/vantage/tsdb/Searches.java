package dev.vantage.tsdb;

import dev.vantage.tsdb.search.Found;
import dev.vantage.tsdb.search.SearchBudget;
import dev.vantage.tsdb.search.SearchCounts;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.series.AttributeTypes;
import java.time.Duration;
import java.util.List;

/** Turns queries into what the search takes, and what it finds into answers. */
final class Searches {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Searches() {}

  static SearchRequest request(Query query, AttributeTypes types, Deadline deadline) {
    return new SearchRequest(
        query.k(),
        query.radius(),
        query.includeSelf(),
        query.where().map(condition -> condition.bind(types)),
        budget(query.budget()),
        deadline::check);
  }

  private static SearchBudget budget(Budget budget) {
    return new SearchBudget(
        budget.exactDistances().orElse(SearchBudget.UNLIMITED.exactDistances()),
        budget
            .time()
            .map(time -> time.compareTo(LONGEST) < 0 ? time.toNanos() : Long.MAX_VALUE)
            .orElse(SearchBudget.UNLIMITED.nanoseconds()));
  }

  static List<SearchResult> results(List<Found> all) {
    return all.stream().map(Searches::result).toList();
  }

  static SearchResult result(Found found) {
    return new SearchResult(
        found.hits().stream()
            .map(hit -> new Neighbor(hit.id(), hit.distance(), hit.lag()))
            .toList(),
        report(found.counts(), found.completeWithin()));
  }

  private static SearchReport.Plan plan(SearchCounts.Plan plan) {
    return switch (plan) {
      case TABLE_SCAN -> SearchReport.Plan.TABLE_SCAN;
      case ANNULUS_WALK -> SearchReport.Plan.ANNULUS_WALK;
      case FILTER_WALK -> SearchReport.Plan.CONDITION_WALK;
    };
  }

  private static SearchReport report(SearchCounts counts, double completeWithin) {
    return new SearchReport(
        plan(counts.plan()),
        counts
            .estimate()
            .map(
                estimate ->
                    new SearchReport.Estimate(
                        estimate.annulusSeries(), estimate.walkCost(), estimate.scanCost())),
        counts.vantagePoints(),
        counts.vantagePointDistances(),
        counts.candidates(),
        counts.visited(),
        counts.pruned(),
        counts.exactDistances(),
        counts.unexamined(),
        completeWithin);
  }
}
