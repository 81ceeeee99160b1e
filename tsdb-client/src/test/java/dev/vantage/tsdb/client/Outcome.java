package dev.vantage.tsdb.client;

import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The result or the exception of a call, in a form that can be compared between databases. */
record Outcome(Optional<Object> value, Optional<String> failure) {

  static Outcome of(Tsdb database, Function<Tsdb, ?> call) {
    try {
      return new Outcome(Optional.of(comparable(call.apply(database))), Optional.empty());
    } catch (RuntimeException e) {
      return new Outcome(Optional.empty(), Optional.of(text(e)));
    }
  }

  private static Object comparable(Object value) {
    if (value instanceof SearchResult result) {
      // The number of pruned candidates may differ between runs.
      return List.of(
          result.neighbors(), result.report().candidates(), result.report().vantagePoints());
    }
    if (value instanceof Stats stats) {
      // The memory of the index depends on its history.
      return List.of(
          stats.series(),
          stats.vantagePoints(),
          stats.settings(),
          stats.memory().spectra(),
          stats.versions());
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Outcome::comparable).toList();
    }
    if (value instanceof InsertOutcome outcome) {
      return List.of(outcome.id(), outcome.created(), outcome.failure().map(Outcome::text));
    }
    if (value instanceof AttributeOutcome outcome) {
      return List.of(outcome.id(), outcome.failure().map(Outcome::text));
    }
    return value;
  }

  private static String text(RuntimeException failure) {
    return failure.getClass().getName() + ": " + failure.getMessage();
  }
}
