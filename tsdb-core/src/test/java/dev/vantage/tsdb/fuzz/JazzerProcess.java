package dev.vantage.tsdb.fuzz;

import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the coverage-guided fuzzer in a process of its own, with a small heap. */
public final class JazzerProcess {
  private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
  private static final Pattern EXECUTED =
      Pattern.compile("stat::number_of_executed_units: *([0-9]+)");

  /** The fuzzer notes every comparison of texts: one of 150 words took 17 times the memory. */
  private static final int OVERHEAD = 20;

  private static final int LOG_TAIL_CHARS = 8000;
  private static final String INSTRUMENTED = "dev.vantage.tsdb.**,com.fasterxml.jackson.core.**";

  private final FuzzTarget target;

  /** Prepares a run of a class with a public constructor without parameters. */
  public JazzerProcess(FuzzTarget target) {
    this.target = target;
  }

  /**
   * The result of a run.
   *
   * @param exit 0 if nothing was found
   * @param executed the number of inputs
   * @param log the end of the fuzzer's log
   */
  public record Outcome(int exit, long executed, String log) {}

  /** Returns whether the fuzzer is on the class path and supports this platform. */
  public static boolean isThere() {
    try {
      Class.forName(JAZZER, false, JazzerProcess.class.getClassLoader());
      return !System.getProperty("os.arch").startsWith("riscv");
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Runs a number of inputs, and leaves findings in the directory. */
  public Outcome run(long runs, int maxBytes, Path directory) throws Exception {
    Path corpus = Files.createDirectories(directory.resolve("corpus"));
    List<byte[]> seeds = target.seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    Path log = directory.resolve("log.txt");
    ProcessBuilder builder =
        JavaProcess.of(
            jazzer(),
            "--target_class=" + JazzerEntry.class.getName(),
            "--instrumentation_includes=" + INSTRUMENTED.replace(',', ':'),
            "--custom_hook_includes=dev.vantage.tsdb.**",
            "--trace=cov:cmp",
            "--reproducer_path=" + directory,
            "-artifact_prefix=" + directory + "/",
            "-dict=" + dictionary(directory),
            "-runs=" + runs,
            "-max_len=" + maxBytes,
            "-timeout=20",
            "-rss_limit_mb=0",
            "-print_final_stats=1",
            "-use_value_profile=0",
            corpus.toString());
    builder.command().remove("-XX:TieredStopAtLevel=1"); // this one lasts
    builder.command().add(1, "-Xmx512m");
    builder.command().add(1, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    builder.command().add(1, "-D" + InputCost.OVERHEAD + "=" + OVERHEAD);
    builder.command().add(1, "-D" + JazzerEntry.TARGET + "=" + target.getClass().getName());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      int exit = process.waitFor();
      String said = Files.readString(log, StandardCharsets.ISO_8859_1);
      Matcher executed = EXECUTED.matcher(said);
      return new Outcome(
          exit,
          executed.find() ? Long.parseLong(executed.group(1)) : 0,
          said.substring(Math.max(0, said.length() - LOG_TAIL_CHARS)));
    } finally {
      process.destroyForcibly();
    }
  }

  /** The words in the form that the fuzzer reads. */
  private Path dictionary(Path directory) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String word : target.words()) {
      text.append('"');
      for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
        text.append(String.format("\\x%02X", b));
      }
      text.append("\"\n");
    }
    return Files.writeString(directory.resolve("words.dict"), text);
  }

  private static Class<?> jazzer() throws ClassNotFoundException {
    return Class.forName(JAZZER, false, JazzerProcess.class.getClassLoader());
  }
}
