package dev.vantage.tsdb.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The results so far, a line of JSON for each job, so that an interrupted report can be resumed.
 * Not thread-safe.
 */
final class ResultFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

  private ResultFile(Path file) {
    this.file = file;
  }

  static ResultFile open(Path file) throws IOException {
    ResultFile results = new ResultFile(file);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        results.read(line);
      }
      results.forget(job -> false); // so that nothing is appended to an incomplete line
    }
    return results;
  }

  private void read(String line) {
    Outcome outcome;
    try {
      outcome = JSON.readValue(line, Outcome.class);
    } catch (JsonProcessingException e) {
      return; // incomplete, because the report was interrupted: the job runs again
    }
    outcomes.put(outcome.job().id(), outcome);
  }

  Optional<Outcome> find(Job job) {
    return Optional.ofNullable(outcomes.get(job.id()));
  }

  void add(Outcome outcome) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file,
        JSON.writeValueAsString(outcome) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    outcomes.put(outcome.job().id(), outcome);
  }

  /** Removes jobs, so that they run again. */
  void forget(Predicate<Job> jobs) throws IOException {
    outcomes.values().removeIf(outcome -> jobs.test(outcome.job()));
    Files.deleteIfExists(file);
    for (Outcome outcome : List.copyOf(outcomes.values())) {
      add(outcome);
    }
  }
}
