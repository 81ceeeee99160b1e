package dev.vantage.tsdb.benchmarks.workload;

import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.Periods;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.format.SeriesSink;
import dev.vantage.tsdb.format.SourceLine;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Light curves of RR Lyrae stars in five bands, folded by their periods. */
public final class LightCurves {
  private final List<double[]> samples;

  private LightCurves(List<double[]> samples) {
    this.samples = samples;
  }

  /**
   * Returns whether a folder has light curves.
   *
   * @param folder the folder
   * @return whether {@link #read} can read it
   */
  public static boolean arePresent(Path folder) {
    return Files.isDirectory(folder.resolve("light-curves"))
        && Files.isRegularFile(folder.resolve("periods.csv"));
  }

  /**
   * Reads all light curves.
   *
   * @param folder holds {@code periods.csv} and a folder {@code light-curves} with one file per
   *     star
   * @param length samples per series
   * @return the light curves, in the order of the files' names
   * @throws IOException if a file cannot be read
   */
  public static LightCurves read(Path folder, int length) throws IOException {
    Periods periods = Periods.read(folder.resolve("periods.csv"), LightCurves::refuse);
    ReadOptions options = ReadOptions.defaults().withGroupBy("band").withPeriods(periods);
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
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("light-curves"))) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      FileFormat.LIGHT_CURVE.read(file, options, sink);
    }
    return new LightCurves(
        entries.stream()
            .map(entry -> Resampling.PERIODIC.resample(entry.series(), length))
            .toList());
  }

  private static void refuse(FormatError error) {
    throw new IllegalArgumentException(error.toString());
  }

  /** {@return the number of light curves} */
  public int count() {
    return samples.size();
  }

  /**
   * Sets some light curves aside, evenly among all, to search for them among the others.
   *
   * @param metric the distance
   * @param queries the number of light curves to set aside
   * @return the dataset
   */
  public Dataset dataset(Metric metric, int queries) {
    List<double[]> aside =
        IntStream.range(0, queries)
            .mapToObj(query -> samples.get((int) ((long) query * count() / queries)))
            .toList();
    List<double[]> others = samples.stream().filter(series -> !aside.contains(series)).toList();
    return Dataset.of(metric, others::get, others.size(), aside::get, queries);
  }
}
