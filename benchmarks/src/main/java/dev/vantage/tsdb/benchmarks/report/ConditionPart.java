package dev.vantage.tsdb.benchmarks.report;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.benchmarks.rival.TsdbIndex;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.Series;
import dev.vantage.tsdb.benchmarks.workload.Workload;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleFunction;

/**
 * Measures queries with conditions of increasing selectivity, compared with a query without a
 * condition and with a scan of the series that satisfy it.
 */
final class ConditionPart {
  static final String NAME = "condition";

  private static final double[] SELECTIVITIES = {0.001, 0.01, 0.1, 0.5};
  private static final String ATTRIBUTE = "x";
  private static final AttributeTypes TYPES =
      AttributeTypes.noneDeclared().with(ATTRIBUTE, AttributeValue.Type.DOUBLE);
  private static final int ROUNDS = 3;
  private static final int SCANS = 20;
  private static final long SEED = 11;

  /** The difference between two conditions, below any difference of values. */
  private static final double NEXT = 1e-15;

  private final TsdbIndex index;
  private final List<Series> queries;
  private int conditions;

  private ConditionPart(TsdbIndex index, List<Series> queries) {
    this.index = index;
    this.queries = queries;
  }

  static List<Result> measure(Job job) {
    Dataset data =
        Dataset.of(
            Workload.ofLabel(job.text("workload")),
            job.integer("length"),
            job.number("multiplier"),
            job.integer("series"));
    try (TsdbIndex index = new TsdbIndex(data, 1, false)) {
      index.setAttribute(ATTRIBUTE, new Random(SEED).doubles(data.rows().count()).toArray());
      return new ConditionPart(index, data.queries()).measure();
    }
  }

  private List<Result> measure() {
    List<Result> results = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      results.clear(); // the last round counts; earlier rounds are warm-up
      double free = median(queries.size(), 1, selectivity -> Optional.empty(), index::search);
      for (double selectivity : SELECTIVITIES) {
        Filter same = filter(selectivity);
        check(same);
        SearchResult found = index.search(queries.get(0), request(Optional.of(same)));
        results.add(
            Result.of(NAME)
                .with("selectivity", selectivity)
                .with("series", found.report().candidates())
                .with("plan", found.report().plan().toString())
                .with("free", free)
                .with("known", known(selectivity, queries.size(), same, index::search))
                .with("knownScan", known(selectivity, SCANS, same, index::scan))
                .with("new", fresh(selectivity, queries.size(), index::search))
                .with("newScan", fresh(selectivity, SCANS, index::scan)));
      }
    }
    return results;
  }

  private void check(Filter filter) {
    for (Series query : queries.subList(0, SCANS)) {
      SearchRequest request = request(Optional.of(filter));
      if (!index
          .search(query, request)
          .neighbors()
          .equals(index.scan(query, request).neighbors())) {
        throw new IllegalStateException("search and scan must agree: condition=" + filter);
      }
    }
  }

  private interface Search {
    SearchResult search(Series query, SearchRequest request);
  }

  private double known(double selectivity, int count, Filter filter, Search search) {
    return median(count, selectivity, any -> Optional.of(filter), search);
  }

  private double fresh(double selectivity, int count, Search search) {
    return median(count, selectivity, any -> Optional.of(filter(any)), search);
  }

  /** Returns the median time in seconds. */
  private double median(
      int count, double selectivity, DoubleFunction<Optional<Filter>> where, Search search) {
    double[] seconds = new double[count];
    for (int i = 0; i < count; i++) {
      SearchRequest request = request(where.apply(selectivity));
      long start = System.nanoTime();
      search.search(queries.get(i), request);
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[count / 2];
  }

  /** Returns another condition each time, which the same series satisfy. */
  private Filter filter(double selectivity) {
    double limit = selectivity + conditions++ * NEXT;
    return Condition.parse(ATTRIBUTE + " < " + limit).bind(TYPES);
  }

  private static SearchRequest request(Optional<Filter> where) {
    return new SearchRequest(
        SearchPart.K, Double.POSITIVE_INFINITY, false, where, Budget.UNLIMITED, () -> {});
  }
}
