package dev.vantage.tsdb.books;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture in the README: {@code -Dtsdb.write} draws it again. */
class AlignedCurvesTest {
  private static final String QUERY = "bumps-00000355";
  private static final String NEIGHBOR = "bumps-00000707";
  private static final Path DATA = Path.of(System.getProperty("tsdb.project"), "data");
  private static final Path PICTURE = DATA.resolve("aligned.svg");

  @TempDir private Path temporary;

  @Test
  void thePictureShowsWhatTheSearchAnswers() throws IOException {
    double[] query = values(QUERY);
    double[] found = values(NEIGHBOR);
    String svg = new AlignedCurves(QUERY, query, nearest(query, found), found, length()).svg();
    if (System.getProperty("tsdb.write") != null) {
      Files.writeString(PICTURE, svg);
    }
    assertEquals(svg, Files.readString(PICTURE));
  }

  private Neighbor nearest(double[] query, double[] found) {
    try (Tsdb database = Tsdb.open(temporary.resolve("two.db"))) {
      database.insert(NEIGHBOR, TimeSeries.ofValues(found));
      return database.similar(TimeSeries.ofValues(query), Query.nearest(1)).neighbors().get(0);
    }
  }

  private static int length() {
    return Settings.DEFAULT.length();
  }

  private static double[] values(String id) throws IOException {
    try (Stream<String> rows = Files.lines(DATA.resolve("bumps-1000.tsv"))) {
      String row = rows.filter(line -> line.startsWith(id + "\t")).findAny().orElseThrow();
      return Arrays.stream(row.split("\t")).skip(1).mapToDouble(Double::parseDouble).toArray();
    }
  }
}
