package dev.vantage.tsdb.benchmarks.report;

import java.util.List;
import java.util.Optional;

/**
 * A completed job. Immutable.
 *
 * @param job the job
 * @param seconds its duration in seconds
 * @param results its results
 */
record Outcome(Job job, double seconds, List<Result> results) {
  Optional<Result> result(String what) {
    return results.stream().filter(result -> result.what().equals(what)).findFirst();
  }
}
