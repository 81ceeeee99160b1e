package dev.vantage.tsdb;

import java.util.List;
import java.util.Objects;

/**
 * The result of verifying a database. Immutable.
 *
 * @param checked how much was checked
 * @param found the number of problems
 * @param problems the first problems, one sentence each; empty if there is no problem
 */
public record VerifyReport(Checked checked, long found, List<String> problems) {
  /** The most problems in the list. */
  public static final int MOST_PROBLEMS = 100;

  public VerifyReport {
    Objects.requireNonNull(checked, "checked");
    Objects.requireNonNull(problems, "problems");
    problems = List.copyOf(problems);
  }

  /**
   * How much was checked. Immutable.
   *
   * @param series the number of series that were checked against their checksums, sound or damaged
   * @param distances the number of stored distances that were computed again and compared
   * @param trees the number of index trees that were checked; 0 if the index cannot be built
   * @param checkpointed the number of series that were compared with a checkpoint of the index; 0
   *     if there is no checkpoint or it cannot be read
   */
  public record Checked(long series, long distances, int trees, long checkpointed) {}
}
