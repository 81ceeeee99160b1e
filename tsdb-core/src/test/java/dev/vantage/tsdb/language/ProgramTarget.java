package dev.vantage.tsdb.language;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Runs programs within the limits of a server, on a small stack. */
public final class ProgramTarget implements FuzzTarget {
  private static final long SMALL_STACK = 512 << 10; // bytes
  private static final long MOST_SECONDS = 30; // far above what the limits allow
  private static final LanguageOptions OPTIONS =
      LanguageOptions.DEFAULT
          .withLimit(Limit.PROGRAM, 262_144)
          .withLimit(Limit.STEPS, 500_000)
          .withLimit(Limit.MEMORY, 64 << 20)
          .withLimit(Limit.ROWS, 100_000)
          .withLimit(Limit.TEXT, 65_536)
          .withLimit(Limit.SEARCHES, 1_000)
          .withLimit(Limit.REQUESTS, 100);

  private final EmbeddedTsdb database = Tsdb.inMemory(QueryExamples.SETTINGS, 1);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          run -> {
            Thread small = new Thread(null, run, "programs", SMALL_STACK);
            small.setDaemon(true);
            return small;
          });
  private long answered;
  private long failed;

  /** Fills a database. */
  public ProgramTarget() {
    QueryExamples.insert(database);
  }

  @Override
  public List<byte[]> seeds() {
    return Stream.concat(
            Language.reference().stream().map(Language.Entry::example),
            QueryExamples.examples().map(example -> example.split(" => ")[0]))
        .map(program -> program.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public List<String> words() {
    return Stream.concat(
            Language.reference().stream().map(entry -> "(" + entry.name() + " "),
            Stream.of(":where ", ":k ", ":select ", ":order-by ", "\"s01\"", "band", "n"))
        .toList();
  }

  @Override
  public void accept(byte[] input) {
    String program = new String(input, StandardCharsets.UTF_8);
    Future<?> run = thread.submit(() -> run(program));
    try {
      run.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(program, e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("program must end: " + program, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void run(String program) {
    try {
      Language.over(database, OPTIONS).run(program).toString();
      answered++;
    } catch (ProgramException | DeadlineExceededException e) {
      failed++;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    database.close();
  }

  @Override
  public String toString() {
    return "programs: " + answered + " answered, " + failed + " failed";
  }
}
