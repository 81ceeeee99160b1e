package dev.vantage.tsdb.engine.embedded;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Replaces series in batches, changes and declares attributes, deletes and adds vantage points
 * until it is killed. Prints {@code try} and the write before each write, and {@code done} after
 * its acknowledgement: {@code batch seed}, {@code mark seed}, {@code declare name}, {@code delete
 * id} or {@code vantage id}. A checkpoint is due after every write, and the index is packed every
 * few batches.
 */
final class MaintainingProcess {
  static final int BATCH = 300;

  private MaintainingProcess() {}

  /** The series of a batch: the same ids in every batch, other values and attributes. */
  static List<SeriesEntry> batch(long seed) {
    List<SeriesEntry> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      batch.add(new SeriesEntry("b" + i, WritingProcess.series(31 * seed + i), attributes(seed)));
    }
    return batch;
  }

  /** The attributes of all series of a batch, or after a change of them. */
  static Attributes attributes(long seed) {
    return Attributes.of(Map.of("seed", new AttributeValue.LongValue(seed)));
  }

  private static Map<String, AttributeChanges> marks(long seed) {
    Map<String, AttributeChanges> marks = new HashMap<>();
    for (int i = 0; i < BATCH; i++) {
      marks.put("b" + i, AttributeChanges.setting(attributes(seed)));
    }
    return marks;
  }

  public static void main(String[] arguments) {
    Random random = new Random(Long.parseLong(arguments[1]));
    OpenOptions options = OpenOptions.DEFAULT.withThreads(1);
    try (Tsdb database = EmbeddedDatabase.open(arguments[0], options, 1)) {
      System.out.println("open");
      while (true) {
        List<String> vantagePoints = database.stats().vantagePoints();
        int choice = random.nextInt(10);
        if (choice < 3 || vantagePoints.isEmpty()) {
          long seed = random.nextLong();
          said("batch " + seed, () -> database.putAll(batch(seed)));
        } else if (choice < 5) {
          String name = "a" + random.nextInt(1 << 30);
          said("declare " + name, () -> database.declareAttribute(name, AttributeValue.Type.LONG));
        } else if (choice > 7) {
          long seed = random.nextLong();
          said("mark " + seed, () -> database.setAttributes(marks(seed)));
        } else if (choice < 7) {
          String known = vantagePoints.get(random.nextInt(vantagePoints.size()));
          said("delete " + known, () -> database.delete(known));
        } else {
          List<String> others = new ArrayList<>(database.ids(IdQuery.first(Integer.MAX_VALUE)));
          others.removeAll(vantagePoints);
          if (!others.isEmpty() && vantagePoints.size() < 6) {
            String known = others.get(random.nextInt(others.size()));
            said("vantage " + known, () -> database.addVantagePoint(known));
          }
        }
      }
    }
  }

  private static void said(String what, Runnable write) {
    System.out.println("try " + what);
    write.run();
    System.out.println("done");
  }
}
