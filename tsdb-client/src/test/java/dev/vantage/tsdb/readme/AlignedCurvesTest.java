package dev.vantage.tsdb.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The picture in the README: {@code -Dtsdb.write} draws it again. */
class AlignedCurvesTest {
  private static final String QUERY = "bumps-00000355";
  private static final String NEIGHBOR = "bumps-00000707";
  private static final Path DATA = Path.of(System.getProperty("tsdb.project"), "data");
  private static final Path PICTURE = DATA.resolve("aligned.svg");

  @Test
  void thePictureShowsTheFirstAnswerOfTheReadme() throws IOException {
    double[] query = values(QUERY);
    double[] found = values(NEIGHBOR);
    int length = Settings.DEFAULT.length();
    String svg = new AlignedCurves(QUERY, query, answer(), found, length).svg();
    if (System.getProperty("tsdb.write") != null) {
      Files.writeString(PICTURE, svg);
    }
    assertEquals(svg, Files.readString(PICTURE));
  }

  /**
   * Returns the neighbor in the README; {@link ReadmesTest} checks that it is the answer of the
   * search.
   */
  private static Neighbor answer() {
    String[] row =
        Page.root().lines().stream()
            .filter(line -> line.startsWith(NEIGHBOR))
            .findFirst()
            .orElseThrow()
            .split(" +");
    return new Neighbor(row[0], Double.parseDouble(row[1]), Integer.parseInt(row[2]));
  }

  private static double[] values(String id) throws IOException {
    try (Stream<String> rows = Files.lines(DATA.resolve("bumps-1000.tsv"))) {
      String row = rows.filter(line -> line.startsWith(id + "\t")).findAny().orElseThrow();
      return Arrays.stream(row.split("\t")).skip(1).mapToDouble(Double::parseDouble).toArray();
    }
  }
}
