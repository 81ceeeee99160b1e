package dev.vantage.tsdb.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes the page of results, which also lists missing measurements. */
final class ReportPage {
  static final String FILE = "REPORT.md";

  private static final String PREFACE =
      """
      # What searches cost

      Written by one command, which also says how to repeat it:

          %s

      | | |
      |---|---|
      | date | %s |
      | processor | %s, cores=%d |
      | memory | %.1f GiB |
      | system | %s |
      | JVM | %s |
      | its arguments | %s, and -Xmx to fit |
      | load before the run | %s |

      Every engine searches the same prepared rows with the same distance code, on one thread where
      nothing else is said. Rivals bring their index alone, with the parameters that their makers
      chose as defaults. The scan is a loop over packed rows, in the order of memory. In every
      collection the answers of all engines to %d queries were compared with those of the scan: the
      same series, distances within 1e-9. A difference ends the run, so there was none.
      """;

  private final List<Job> jobs;
  private final ResultFile results;
  private final Machine machine;
  private final String command;

  ReportPage(List<Job> jobs, ResultFile results, Machine machine, String command) {
    this.jobs = jobs;
    this.results = results;
    this.machine = machine;
    this.command = command;
  }

  void write(Path folder) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(
        String.format(
            PREFACE,
            command,
            Instant.now().truncatedTo(ChronoUnit.MINUTES),
            machine.processor(),
            machine.cores(),
            machine.memoryBytes() / (double) (1 << 30),
            machine.system(),
            machine.virtualMachine(),
            String.join(" ", Schedule.KERNEL),
            Figures.plain(machine.load()),
            SearchPart.CHECKED));
    page.append(new SearchTables(jobs, results).text(folder));
    page.append(new OtherTables(jobs, results).text());
    page.append(missing());
    Files.writeString(folder.resolve(FILE), page);
  }

  private String missing() {
    List<Job> missing = jobs.stream().filter(job -> results.find(job).isEmpty()).toList();
    if (missing.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n## Not measured\n\n");
    text.append("The same command measures these, and nothing again:\n\n");
    missing.forEach(job -> text.append("    ").append(job.id()).append('\n'));
    return text.toString();
  }
}
