package dev.vantage.tsdb.benchmarks;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.benchmarks.workload.Workload;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Measures the time to open a stored database, and the time to read its files from the page cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OpenDatabase {
  private static final int CHUNK = 1 << 20;
  private static final long QUERY_SEED = 2;

  /** The folder of databases; they are created if they do not exist. */
  @Param("benchmarks/target/databases")
  public String folder;

  /** The number of series in the database. */
  @Param("1000000")
  public int series;

  /** The number of samples per series. */
  @Param("256")
  public int length;

  private Path database;
  private TimeSeries query;
  private EmbeddedTsdb opened;

  /**
   * Creates the database if it does not exist.
   *
   * @throws IOException if it cannot be made
   */
  @Setup
  public void make() throws IOException {
    database = StoredDatabase.of(Path.of(folder), series, length);
    query = TimeSeries.ofValues(Workload.BUMPS.series(length, QUERY_SEED, 0));
    readFiles();
  }

  /**
   * Opens the database, ready to search.
   *
   * @return the database
   */
  @Benchmark
  public EmbeddedTsdb open() {
    opened = Tsdb.open(database, OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY));
    return opened;
  }

  /**
   * Opens the database and answers the first query.
   *
   * @return the 10 nearest
   */
  @Benchmark
  public SearchResult openAndSearch() {
    return open().search(Query.like(query).nearest(10));
  }

  /** Closes the database. */
  @TearDown(Level.Invocation)
  public void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  /**
   * Reads every byte of its files.
   *
   * @return the number of bytes
   * @throws IOException if they cannot be read
   */
  @Benchmark
  public long readFiles() throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    long bytes = 0;
    for (Path file : StoredDatabase.files(database)) {
      try (FileChannel channel = FileChannel.open(file)) {
        for (int read = channel.read(chunk); read >= 0; read = channel.read(chunk)) {
          bytes += read;
          chunk.clear();
        }
      }
    }
    return bytes;
  }
}
