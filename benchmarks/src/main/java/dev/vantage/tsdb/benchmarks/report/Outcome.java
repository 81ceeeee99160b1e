package dev.vantage.tsdb.benchmarks.report;

import java.util.List;
import java.util.Optional;

/**
 * A job that was done.
 *
 * @param job the job
 * @param seconds how long it took
 * @param results what came of it
 */
record Outcome(Job job, double seconds, List<Result> results) {
  Optional<Result> result(String what) {
    return results.stream().filter(result -> result.what().equals(what)).findFirst();
  }
}
