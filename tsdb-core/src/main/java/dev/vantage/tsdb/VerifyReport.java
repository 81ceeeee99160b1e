package dev.vantage.tsdb;

import java.util.List;

/**
 * What a check of a whole database found.
 *
 * @param series how many series were checked
 * @param distances how many stored distances were computed again and compared
 * @param problems what is wrong, one sentence each; empty if nothing is
 */
public record VerifyReport(long series, long distances, List<String> problems) {
  public VerifyReport {
    problems = List.copyOf(problems);
  }
}
