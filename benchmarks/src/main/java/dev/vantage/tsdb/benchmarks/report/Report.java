package dev.vantage.tsdb.benchmarks.report;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The main class of the benchmarks. {@code report} runs all measurements and writes the report;
 * other arguments, or none, go to JMH.
 */
public final class Report {
  private static final String VERB = "report";
  private static final int USAGE_ERROR = 2;

  private final ReportOptions options;
  private final Path target;
  private final List<Job> jobs;

  private Report(ReportOptions options, Path module) {
    this.options = options;
    target = module.resolve("target");
    jobs =
        Schedule.jobs(
            options.scale(),
            target.resolve("databases"),
            module.resolve("../../shared/data/rrlyrae").normalize());
  }

  /**
   * Runs a verb.
   *
   * @param arguments a verb and its options, or options of JMH
   * @throws IOException if results cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    String verb = arguments.length == 0 ? "" : arguments[0];
    switch (verb) {
      case VERB -> report(Arrays.asList(arguments).subList(1, arguments.length));
      case JobProcess.VERB -> JobProcess.main(arguments[1], Path.of(arguments[2]));
      default -> org.openjdk.jmh.Main.main(arguments);
    }
  }

  private static void report(List<String> arguments) throws IOException {
    Path module = module();
    ReportOptions options;
    try {
      options = ReportOptions.parse(arguments, module);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(ReportOptions.USAGE);
      System.exit(USAGE_ERROR);
      return;
    }
    String command =
        "java -jar benchmarks/target/benchmarks.jar "
            + VERB
            + arguments.stream().map(argument -> " " + argument).collect(Collectors.joining());
    new Report(options, module).run(command);
  }

  /** Returns the folder of this module; the jar is in its target folder. */
  private static Path module() {
    try {
      Path code = Path.of(Report.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.toAbsolutePath().getParent().getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(String command) throws IOException {
    Machine machine = Machine.here();
    Path file = target.resolve("report-" + options.scale().label() + ".jsonl");
    ResultFile results = ResultFile.open(file);
    if (options.again()) {
      results.forget(options::wants);
    }
    measure(results);
    ReportPage page = new ReportPage(jobs, results, machine, command);
    Files.createDirectories(options.folder());
    page.write(options.folder());
    System.err.println("written: " + options.folder().resolve(ReportPage.FILE));
  }

  private void measure(ResultFile results) throws IOException {
    long start = System.nanoTime();
    int done = 0;
    for (Job job : jobs) {
      done++;
      double minutes = (System.nanoTime() - start) / 60e9;
      if (results.find(job).isPresent() || !options.wants(job) || minutes > options.minutes()) {
        continue;
      }
      System.err.printf("%d/%d, %.0f min: %s%n", done, jobs.size(), minutes, job.id());
      long begin = System.nanoTime();
      List<Result> measured =
          JmhPart.CLASSES.containsKey(job.part())
              ? JmhPart.measure(
                  job, Schedule.jvmArguments(job), target.resolve("jmh-" + job.part() + ".log"))
              : JobProcess.run(job, Schedule.jvmArguments(job));
      results.add(new Outcome(job, (System.nanoTime() - begin) / 1e9, measured));
    }
  }
}
