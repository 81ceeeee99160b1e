package dev.vantage.tsdb.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.Periods;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.format.SeriesSink;
import dev.vantage.tsdb.format.SourceLine;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Real series from the folder beside the project; a test is skipped if the folder is absent. */
public final class SharedData {
  private SharedData() {}

  public static Path path(String name) {
    Path file = Path.of(System.getProperty("tsdb.project"), "../shared/data", name);
    assumeTrue(Files.exists(file), () -> "needs " + file);
    return file;
  }

  /** Returns light curves of RR Lyrae stars, folded by their periods, one for each band. */
  public static List<SeriesEntry> lightCurves(int files) throws IOException {
    Path directory = path("rrlyrae/light-curves");
    try (Stream<Path> all = Files.list(directory)) {
      return read(FileFormat.LIGHT_CURVE, lightCurveOptions(), all.sorted().limit(files).toList());
    }
  }

  public static List<SeriesEntry> lightCurve(String star) throws IOException {
    Path file = path("rrlyrae/light-curves/" + star + ".csv");
    return read(FileFormat.LIGHT_CURVE, lightCurveOptions(), List.of(file));
  }

  public static List<SeriesEntry> ts(String name) throws IOException {
    return read(FileFormat.TS, ReadOptions.defaults(), List.of(path("ucr/" + name + ".ts")));
  }

  private static ReadOptions lightCurveOptions() throws IOException {
    Periods periods = Periods.read(path("rrlyrae/periods.csv"), SharedData::refuse);
    return ReadOptions.defaults().withGroupBy("band").withPeriods(periods);
  }

  private static List<SeriesEntry> read(FileFormat format, ReadOptions options, List<Path> files)
      throws IOException {
    List<SeriesEntry> entries = new ArrayList<>();
    SeriesSink sink =
        new SeriesSink() {
          @Override
          public void accept(SeriesEntry entry, SourceLine origin) {
            entries.add(entry);
          }

          @Override
          public void reject(FormatError error) {
            refuse(error);
          }
        };
    for (Path file : files) {
      format.read(file, options, sink);
    }
    return entries;
  }

  private static void refuse(FormatError error) {
    throw new AssertionError(error);
  }
}
