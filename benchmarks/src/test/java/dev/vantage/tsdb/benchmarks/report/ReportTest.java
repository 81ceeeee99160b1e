package dev.vantage.tsdb.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.benchmarks.rival.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("long")
class ReportTest {
  @TempDir private Path folder;

  private static Job search(Engine... engines) {
    return Job.of(SearchPart.NAME)
        .with("workload", "bumps")
        .with("length", 256)
        .with("multiplier", 1.0)
        .with("series", 400)
        .with("seconds", 0.02)
        .with("buildLimit", 20)
        .with("queryLimit", 20)
        .with("engines", SearchPart.engines(engines));
  }

  @Test
  void measuresEveryEngine() {
    List<Result> results =
        SearchPart.measure(search(Engine.SCAN, Engine.TSDB_DOOR, Engine.JVPTREE, Engine.TSDB));
    assertEquals(
        List.of("scan", "tsdb-door", "jvptree", "tsdb"),
        results.stream().map(Result::what).toList());
    for (Result result : results) {
      assertTrue(result.numbers().get("queries") >= 20, result::toString);
      assertTrue(result.numbers().get("median") > 0, result::toString);
      assertTrue(result.numbers().get("p99") >= result.numbers().get("median"), result::toString);
      assertEquals("", result.fact("status"));
    }
    assertEquals(1, results.get(0).numbers().get("share"));
    assertTrue(results.get(3).numbers().get("share") < 1);
    assertEquals("table scan 100 %", results.get(3).fact("plan"));
  }

  @Test
  void saysWhichRivalsWereGivenUp() {
    Job job = search(Engine.SCAN, Engine.SMILE_COVER_TREE).with("buildLimit", 0);
    Result result = SearchPart.measure(job).get(1);
    assertEquals("given up: not built in 0 s", result.fact("status"));
    assertTrue(result.number("median").isEmpty());
  }

  @Test
  void writesTablesAndPlotsOfWhatWasMeasured() throws IOException {
    ResultFile results = ResultFile.open(folder.resolve("results.jsonl"));
    Job small = search(Engine.SCAN, Engine.TSDB);
    Job large = small.with("series", 800);
    Job missing = small.with("multiplier", 10.0);
    results.add(new Outcome(small, 1, SearchPart.measure(small)));
    results.add(new Outcome(large, 1, SearchPart.measure(large)));
    new ReportPage(List.of(small, large, missing), results, Machine.here(), "java -jar it")
        .write(folder);
    String page = Files.readString(folder.resolve("REPORT.md"));
    assertTrue(page.contains("    java -jar it\n"), page);
    assertTrue(page.contains("### bumps, length 256, multiplier 1\n"), page);
    assertTrue(page.contains("| 800 | **tsdb** |"), page);
    assertTrue(page.contains("](plots/bumps-256-1.svg)"), page);
    assertTrue(page.contains("    " + missing.id()), page);
    assertTrue(page.contains("Skipped: light curves"), page);
    assertTrue(Files.readString(folder.resolve("plots/bumps-256-1.svg")).contains("linear scan"));
  }

  @Test
  void goesOnWhereItWasInterrupted() throws IOException {
    Path file = folder.resolve("results.jsonl");
    Job done = Job.of("search").with("series", 10);
    Outcome outcome =
        new Outcome(done, 2.5, List.of(Result.of("tsdb").with("median", 0.25).with("plan", "all")));
    ResultFile.open(file).add(outcome);
    Files.writeString(file, "{\"job\":{\"part\":\"sea", StandardOpenOption.APPEND);
    ResultFile again = ResultFile.open(file);
    assertEquals(Optional.of(outcome), again.find(done));
    assertEquals(Optional.empty(), again.find(done.with("series", 20)));
  }

  @Test
  void addsNothingToALineThatWasCutOff() throws IOException {
    Path file = folder.resolve("results.jsonl");
    Files.writeString(file, "{\"job\":{\"part\":\"sea");
    Job job = Job.of("open");
    Outcome outcome = new Outcome(job, 1, List.of());
    ResultFile.open(file).add(outcome);
    assertEquals(Optional.of(outcome), ResultFile.open(file).find(job));
  }

  @Test
  void measuresAgainWhatIsForgotten() throws IOException {
    Path file = folder.resolve("results.jsonl");
    ResultFile results = ResultFile.open(file);
    Outcome open = new Outcome(Job.of("open"), 1, List.of());
    Outcome search = new Outcome(Job.of("search"), 1, List.of());
    results.add(open);
    results.add(search);
    results.forget(job -> job.part().equals("open"));
    ResultFile again = ResultFile.open(file);
    assertTrue(again.find(open.job()).isEmpty());
    assertEquals(Optional.of(search), again.find(search.job()));
  }

  @ParameterizedTest
  @EnumSource(Scale.class)
  void jobsAreDistinctAndBeginWithTheScan(Scale scale) {
    List<Job> jobs = Schedule.jobs(scale, folder, folder);
    assertEquals(jobs.size(), jobs.stream().map(Job::id).distinct().count());
    for (Job job : jobs) {
      if (job.part().equals(SearchPart.NAME)) {
        List<String> engines = Arrays.asList(job.text("engines").split(","));
        assertEquals("scan", engines.get(0));
        assertEquals("tsdb", engines.get(engines.size() - 1));
        assertEquals(
            job.integer("series") <= 100_000
                && (job.integer("series") * (job.integer("length") / 256.0) <= 100_000
                    || List.of("bumps", "random-walk").contains(job.text("workload"))),
            engines.contains("jvptree"),
            job::id);
      }
    }
  }

  @Test
  void processesFitAMachineOf24Gibibytes() {
    for (Job job : Schedule.jobs(Scale.FULL, folder, folder)) {
      assertTrue(Schedule.heapMebibytes(job) < 20_000, job::id);
    }
  }

  @Test
  void looksForLightCurvesBesideTheProject() throws IOException {
    Files.createDirectories(folder.resolve("light-curves"));
    Files.writeString(folder.resolve("periods.csv"), "name,period\n");
    Set<String> without = workloads(Schedule.jobs(Scale.SMALL, folder, folder.resolve("none")));
    Set<String> with = workloads(Schedule.jobs(Scale.SMALL, folder, folder));
    assertFalse(without.contains("rr-lyrae"));
    assertTrue(with.contains("rr-lyrae"));
  }

  private static Set<String> workloads(List<Job> jobs) {
    return jobs.stream()
        .map(job -> job.parameters().getOrDefault("workload", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void readsOptions() {
    ReportOptions defaults = ReportOptions.parse(List.of(), folder);
    assertEquals(new ReportOptions(Scale.SMALL, Set.of(), false, 30, folder), defaults);
    ReportOptions options =
        ReportOptions.parse(
            List.of("--scale", "full", "--only", "open,search", "--again", "--minutes", "5"),
            folder);
    assertEquals(new ReportOptions(Scale.FULL, Set.of("open", "search"), true, 5, folder), options);
    assertTrue(options.wants(Job.of("open")));
    assertFalse(options.wants(Job.of("memory")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--scale huge", "--only all", "--minutes", "--minutes x", "--fast"})
  void refusesOtherOptions(String options) {
    assertThrows(
        IllegalArgumentException.class,
        () -> ReportOptions.parse(List.of(options.split(" ")), folder));
  }
}
