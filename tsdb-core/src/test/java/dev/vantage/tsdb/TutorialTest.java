package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's lines of Java, run. */
class TutorialTest {
  @TempDir Path directory;

  @Test
  void tenLines() {
    double[] times = {0.1, 0.5, 1.3, 2.2, 2.9};
    double[] magnitudes = {17.2, 17.5, 16.9, 17.1, 17.3};
    try (Tsdb database = Tsdb.open(directory.resolve("stars.db"))) {
      database.insert("rr-1", TimeSeries.of(times, magnitudes).foldedBy(0.6417));
      database.insert("rr-2", TimeSeries.ofValues(3, 1, 4, 1, 5, 9, 2, 6));
      for (Neighbor neighbor :
          database.search((Query.like("any").nearest(5)).about("rr-1")).neighbors()) {
        System.out.println(neighbor.id() + " " + neighbor.distance() + " " + neighbor.lag());
      }
      SearchResult alike =
          database.search(
              (Query.like("any").within(0.2))
                  .about(TimeSeries.of(times, magnitudes).foldedBy(0.6417)));
      System.out.println(alike.neighbors().size() + " within 0.2, " + alike.report());
      assertEquals("rr-1", alike.neighbors().get(0).id());
    }
  }

  @Test
  void areTheReadmesLines() throws IOException {
    Path project = Path.of(System.getProperty("tsdb.project"));
    String readme = Files.readString(project.resolve("README.md"));
    String test =
        Files.readString(
            project.resolve("tsdb-core/src/test/java/dev/vantage/tsdb/TutorialTest.java"));
    List<String> lines = readme.split("```java\n")[1].split("```")[0].lines().toList();
    assertTrue(lines.size() >= 8, "lines=" + lines.size());
    for (String line : lines) {
      // Line breaks and the place of the directory may differ; the words may not.
      String words =
          line.strip().replace("Path.of(\"stars.db\")", "directory.resolve(\"stars.db\")");
      assertTrue(
          test.replaceAll("\\s+", "").contains(words.replaceAll("\\s+", "")), "not run: " + line);
    }
  }
}
