package dev.vantage.tsdb.engine.embedded;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.engine.checkpoint.CheckpointScheduler;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import java.util.Random;

/**
 * Writes to a database until it is killed. Prints each write before it and after its
 * acknowledgement: {@code put id seed}, {@code mark id value}, {@code delete id} or {@code vantage
 * id}. A third argument is the least number of series for a checkpoint.
 */
public final class WritingProcess {
  private WritingProcess() {}

  static TimeSeries series(long seed) {
    return TimeSeries.ofValues(new Random(seed).doubles(64, -1, 1).toArray());
  }

  public static void main(String[] arguments) {
    String location = arguments[0];
    Random random = new Random(Long.parseLong(arguments[1]));
    int leastSeries =
        arguments.length > 2 ? Integer.parseInt(arguments[2]) : CheckpointScheduler.LEAST_SERIES;
    int added = 0;
    OpenOptions options = OpenOptions.DEFAULT.withThreads(1);
    try (Tsdb database = EmbeddedDatabase.open(location, options, leastSeries)) {
      System.out.println("open");
      while (true) {
        List<String> ids = database.ids(IdQuery.first(Integer.MAX_VALUE));
        String known = ids.isEmpty() ? "none" : ids.get(random.nextInt(ids.size()));
        List<String> vantagePoints = database.stats().vantagePoints();
        boolean free = !ids.isEmpty() && !vantagePoints.contains(known);
        int choice = random.nextInt(13);
        if (choice < 6 || ids.isEmpty()) {
          put(database, "s" + random.nextInt(1 << 30), random.nextLong());
        } else if (choice < 8) {
          put(database, known, random.nextLong());
        } else if (choice == 8) {
          said("delete " + known, () -> database.delete(known));
        } else if (choice > 9) {
          mark(database, known, random.nextInt(1000));
        } else if (free && added++ < 3) {
          said("vantage " + known, () -> database.addVantagePoint(known));
        }
      }
    }
  }

  private static void put(Tsdb database, String id, long seed) {
    said("put " + id + " " + seed, () -> database.put(new SeriesEntry(id, series(seed))));
  }

  private static void mark(Tsdb database, String id, long value) {
    AttributeChanges changes = AttributeChanges.setting(attributes(value));
    said("mark " + id + " " + value, () -> database.setAttributes(id, changes));
  }

  /** The attributes of a series that was marked. */
  static Attributes attributes(long mark) {
    return Attributes.none().with("mark", mark).with("text", "mark " + mark);
  }

  private static void said(String what, Runnable write) {
    System.out.println("try " + what);
    write.run();
    System.out.println("done");
  }
}
