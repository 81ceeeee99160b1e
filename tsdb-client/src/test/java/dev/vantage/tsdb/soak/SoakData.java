package dev.vantage.tsdb.soak;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Databases of smooth curves, and requests about them. */
final class SoakData {
  private static final int BATCH = 2000;

  private SoakData() {}

  /** Makes a database of {@code s0}, {@code s1} and so on. */
  static void make(Path database, Settings settings, int count, Random random) {
    OpenOptions options =
        OpenOptions.DEFAULT.withAccess(OpenOptions.Access.CREATE).withSettings(settings);
    try (Tsdb tsdb = Tsdb.open(database, options)) {
      List<SeriesEntry> batch = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        batch.add(new SeriesEntry("s" + i, curve(settings.length(), random)));
        if (batch.size() == BATCH || i == count - 1) {
          tsdb.insertAll(batch);
          batch.clear();
        }
      }
    }
  }

  /** A few harmonics with a little noise: one of many that are more or less alike. */
  static TimeSeries curve(int length, Random random) {
    double[] values = new double[length];
    for (int harmonic = 1; harmonic <= 5; harmonic++) {
      double amplitude = random.nextGaussian() / harmonic;
      double phase = 2 * Math.PI * random.nextDouble();
      int cycles = harmonic;
      double[] before = values.clone();
      Arrays.setAll(
          values, t -> before[t] + amplitude * Math.sin(phase + 2 * Math.PI * cycles * t / length));
    }
    for (int t = 0; t < length; t++) {
      values[t] += 0.05 * random.nextGaussian();
    }
    return TimeSeries.ofValues(values);
  }

  static byte[] frame(String body) {
    return Frames.encode(body.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] ping() {
    return frame("{\"op\":\"ping\"}");
  }

  /** Searches for the 10 nearest of stored series, a different one each time. */
  static List<byte[]> searches(int series, int count, Random random) {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(frame("{\"op\":\"with_id\",\"id\":\"s" + random.nextInt(series) + "\",\"k\":10}"));
    }
    return frames;
  }
}
