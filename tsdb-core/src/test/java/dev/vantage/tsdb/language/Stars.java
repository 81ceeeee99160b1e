package dev.vantage.tsdb.language;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database of light curves of RR Lyrae stars with the attributes band, type and period. */
public final class Stars {
  private static final int ALL = 1000;

  private Stars() {}

  /** Opens a database of all stars; a test is skipped if the shared data is absent. */
  public static EmbeddedTsdb open() throws IOException {
    Map<String, String> types = new HashMap<>();
    for (String line : Files.readAllLines(SharedData.path("rrlyrae/periods.csv"))) {
      String[] fields = line.split(",");
      types.put(fields[0], fields[1]);
    }
    List<SeriesEntry> entries = new ArrayList<>();
    for (SeriesEntry entry : SharedData.lightCurves(ALL)) {
      String star = entry.id().substring(0, entry.id().lastIndexOf('_'));
      entries.add(
          new SeriesEntry(
              entry.id(),
              entry.series(),
              entry
                  .attributes()
                  .with("band", entry.id().substring(star.length() + 1))
                  .with("type", types.get(star))
                  .with("period", entry.series().period().orElseThrow())));
    }
    EmbeddedTsdb database = Tsdb.inMemory(Settings.DEFAULT.withMultiplier(1), 2);
    database.insertAll(entries);
    return database;
  }
}
