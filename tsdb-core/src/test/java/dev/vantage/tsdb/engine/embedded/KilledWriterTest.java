package dev.vantage.tsdb.engine.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.engine.checkpoint.CheckpointScheduler;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is killed with SIGKILL repeatedly loses no acknowledged write. */
@Tag("long")
class KilledWriterTest {
  /** The number of kills; {@code -Dtsdb.kills=50} changes it. */
  private static final int KILLS = Integer.getInteger("tsdb.kills", 18);

  @TempDir Path directory;

  /** The write that the writer announced and did not acknowledge. */
  private String pending = "";

  /** Seeds of the acknowledged series by id. */
  private final SortedMap<String, Long> acknowledged = new TreeMap<>();

  /** Marks of the acknowledged series that have one, by id. */
  private final SortedMap<String, Long> marks = new TreeMap<>();

  private int leastSeries = CheckpointScheduler.LEAST_SERIES;
  private String location;

  @BeforeEach
  void choose() {
    location = directory.toString();
  }

  @Test
  void losesNothingAcknowledged() throws Exception {
    writeAndKill(KILLS);
  }

  /** A checkpoint is due after nearly every write, so many kills interrupt the writing of one. */
  @Test
  void losesNothingAcknowledgedWhileCheckpointsAreWritten() throws Exception {
    leastSeries = 1;
    writeAndKill(KILLS / 2);
  }

  @Test
  void losesNothingAcknowledgedInPostgres() throws Exception {
    PostgresServer server = PostgresServer.shared();
    location = server.url(server.createDatabase());
    leastSeries = 30;
    writeAndKill(KILLS / 3);
  }

  private void writeAndKill(int kills) throws Exception {
    Random random = Seeds.random("killed writer");
    long writes = 0;
    for (int kill = 0; kill < kills; kill++) {
      writes += writeAndKill(random, 1 + random.nextInt(40));
      check(kill % 6 == 5);
    }
    assertTrue(writes > kills, "writes=" + writes);
    assertTrue(acknowledged.size() > kills, "series=" + acknowledged.size());
  }

  /** Lets a writer acknowledge some writes, kills it at once, and records all its output. */
  private int writeAndKill(Random random, int writes) throws IOException, InterruptedException {
    Process writer =
        JavaProcess.start(
            WritingProcess.class,
            location,
            Long.toString(random.nextLong()),
            Integer.toString(leastSeries));
    int done = 0;
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("open", said.readLine());
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.equals("done")) {
          apply(pending);
          pending = "";
          if (++done == writes) {
            // Kills by the handle, because Process would close the stream that is being read.
            writer.toHandle().destroyForcibly();
          }
        } else if (line.startsWith("try ")) {
          pending = line.substring(4);
        }
      }
    }
    assertTrue(writer.waitFor(60, TimeUnit.SECONDS));
    return done;
  }

  private void apply(String write) {
    String[] words = write.split(" ");
    switch (words[0]) {
      case "put" -> {
        acknowledged.put(words[1], Long.parseLong(words[2]));
        marks.remove(words[1]);
      }
      case "mark" -> marks.put(words[1], Long.parseLong(words[2]));
      case "delete" -> {
        acknowledged.remove(words[1]);
        marks.remove(words[1]);
      }
      default -> assertEquals("vantage", words[0]);
    }
  }

  private void check(boolean searches) {
    // A reader must get in too, before any writer has tidied up.
    Tsdb.open(location, OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY)).close();
    try (EmbeddedTsdb database =
        EmbeddedDatabase.open(location, OpenOptions.DEFAULT, leastSeries)) {
      settlePending(database);
      assertEquals(
          List.copyOf(acknowledged.keySet()), database.ids(IdQuery.first(Integer.MAX_VALUE)));
      acknowledged.forEach(
          (id, seed) ->
              assertEquals(
                  new SeriesEntry(id, WritingProcess.series(seed), attributes(id)),
                  database.get(id)));
      if (searches) {
        assertEquals(List.of(), database.verify(Progress.NONE).problems());
        ScanModel model = new ScanModel(Settings.DEFAULT);
        acknowledged.forEach((id, seed) -> model.put(id, WritingProcess.series(seed)));
        for (String id : model.ids()) {
          Query query = Query.like("any").nearest(3).includingSelf();
          assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors());
        }
      }
    }
  }

  private Attributes attributes(String id) {
    return marks.containsKey(id) ? WritingProcess.attributes(marks.get(id)) : Attributes.none();
  }

  /** Records whether the interrupted write is stored; it must be complete or absent. */
  private void settlePending(Tsdb database) {
    if (pending.startsWith("put ")) {
      String[] words = pending.split(" ");
      List<String> ids = database.ids(IdQuery.first(Integer.MAX_VALUE));
      boolean stored =
          ids.contains(words[1])
              && database
                  .get(words[1])
                  .series()
                  .equals(WritingProcess.series(Long.parseLong(words[2])));
      if (stored) {
        apply(pending);
      }
    } else if (pending.startsWith("mark ")) {
      String[] words = pending.split(" ");
      Attributes marked = WritingProcess.attributes(Long.parseLong(words[2]));
      if (database.get(words[1]).attributes().equals(marked)) {
        apply(pending);
      }
    } else if (pending.startsWith("delete ")
        && !database.ids(IdQuery.first(Integer.MAX_VALUE)).contains(pending.split(" ")[1])) {
      apply(pending);
    }
    pending = "";
  }
}
