package dev.vantage.tsdb.benchmarks.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.benchmarks.MemoryPerSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a job in a process of its own, so that no job is affected by the garbage and the compiler
 * profiles of another.
 */
final class JobProcess {
  /** The first argument of such a process; the job and the file for its results follow. */
  static final String VERB = "measure";

  private static final ObjectMapper JSON = new ObjectMapper();

  private JobProcess() {}

  /** Starts the process and waits for it. */
  static List<Result> run(Job job, List<String> jvmArguments) throws IOException {
    Path file = Files.createTempFile("tsdb-benchmark-", ".json");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Report.class.getName());
    command.add(VERB);
    command.add(JSON.writeValueAsString(job));
    command.add(file.toString());
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException("job failed: status=" + status + ", job=" + job.id());
      }
      return JSON.readValue(file.toFile(), new TypeReference<List<Result>>() {});
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: job=" + job.id(), e);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The main program of the process. */
  static void main(String job, Path file) throws IOException {
    JSON.writeValue(file.toFile(), measure(JSON.readValue(job, Job.class)));
  }

  private static List<Result> measure(Job job) throws IOException {
    return switch (job.part()) {
      case SearchPart.NAME -> SearchPart.measure(job);
      case SharePart.NAME -> SharePart.measure(job);
      case ConditionPart.NAME -> ConditionPart.measure(job);
      case Schedule.STORE -> store(job);
      case Schedule.MEMORY -> memory(job);
      default -> throw new IllegalArgumentException("part must be known: part=" + job.part());
    };
  }

  private static List<Result> store(Job job) throws IOException {
    MemoryPerSeries.make(
        Path.of(job.text(Job.FOLDER)), job.integer("series"), job.integer("length"));
    return List.of(Result.of("made"));
  }

  private static List<Result> memory(Job job) throws IOException {
    MemoryPerSeries memory =
        MemoryPerSeries.measure(
            Path.of(job.text(Job.FOLDER)), job.integer("series"), job.integer("length"));
    return List.of(
        Result.of("process")
            .with("series", memory.series())
            .with("heap", memory.heapBytes())
            .with("outside", memory.outsideBytes())
            .with("index", memory.indexBytes())
            .with("rows", memory.rowBytes())
            .with("files", memory.fileBytes()));
  }
}
