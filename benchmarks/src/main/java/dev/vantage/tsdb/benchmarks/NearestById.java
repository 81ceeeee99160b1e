package dev.vantage.tsdb.benchmarks;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.format.Generator;
import dev.vantage.tsdb.language.Language;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a query by id for the 5 nearest, embedded, among generated bumps of length 1024: as a
 * call, and as a program of the query language.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class NearestById {

  /** The number of series in the database. */
  @Param({"1000", "10000"})
  public int series;

  /** The multiplier of the kernel. */
  @Param({"1", "10"})
  public double multiplier;

  private final List<String> ids = new ArrayList<>();
  private Tsdb database;
  private int next;

  /** Fills a database in memory. */
  @Setup
  public void fill() {
    database = Tsdb.inMemory(Settings.DEFAULT.withMultiplier(multiplier));
    List<SeriesEntry> entries = new ArrayList<>();
    Generator.generate(series, 1).forEachRemaining(entries::add);
    database.insertAll(entries);
    entries.forEach(entry -> ids.add(entry.id()));
  }

  /**
   * Runs one query, for another id each time.
   *
   * @return the neighbors
   */
  @Benchmark
  public SearchResult fiveNearest() {
    next = (next + 7) % ids.size();
    return database.search(Query.like(ids.get(next)).nearest(5));
  }

  /**
   * Runs the same query as a program of the query language.
   *
   * @return the table of neighbors
   */
  @Benchmark
  public Value fiveNearestByProgram() {
    next = (next + 7) % ids.size();
    LanguageOptions options = LanguageOptions.DEFAULT.withArgument("id", ids.get(next));
    return Language.over(database, options).run("(similar id :k 5)");
  }

  /** Closes the database. */
  @TearDown
  public void close() {
    database.close();
  }
}
