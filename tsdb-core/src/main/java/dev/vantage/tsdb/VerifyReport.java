package dev.vantage.tsdb;

import java.util.List;

/**
 * What a check of a whole database found.
 *
 * @param series how many series were read and checked against their checksums, sound or not
 * @param distances how many stored distances were computed again and compared
 * @param trees how many trees of the index were checked; 0 if it cannot be made
 * @param checkpointed how many series were compared with a checkpoint of the index; 0 if there is
 *     none, or if it cannot be read
 * @param found how many problems there are
 * @param problems the first problems, one sentence each; empty if there is none
 */
public record VerifyReport(
    long series, long distances, int trees, long checkpointed, long found, List<String> problems) {
  /** The most problems that are listed. */
  public static final int MOST_PROBLEMS = 100;

  public VerifyReport {
    problems = List.copyOf(problems);
  }
}
