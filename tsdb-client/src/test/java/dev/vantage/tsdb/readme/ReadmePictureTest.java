package dev.vantage.tsdb.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.cli.plot.SvgPlot;
import dev.vantage.tsdb.metric.Standardisation;
import dev.vantage.tsdb.plot.AlignedCurves;
import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Mark;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Plot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The picture in the README: {@code -Dtsdb.write} draws it again. */
class ReadmePictureTest {
  private static final String QUERY = "bumps-00000355";
  private static final String NEIGHBOR = "bumps-00000707";
  private static final Path DATA = Path.of(System.getProperty("tsdb.project"), "data");
  private static final Path PICTURE = DATA.resolve("aligned.svg");
  private static final double ABOVE = 0.25;

  @Test
  void thePictureShowsTheFirstAnswerOfTheReadme() throws IOException {
    double[] query = Standardisation.standardise(values(QUERY));
    double[] found = Standardisation.standardise(values(NEIGHBOR));
    String svg = SvgPlot.draw(plot(query, answer(), found, Settings.DEFAULT.length()));
    if (System.getProperty("tsdb.write") != null) {
      Files.writeString(PICTURE, svg);
    }
    assertEquals(svg, Files.readString(PICTURE));
  }

  private static Plot plot(double[] query, Neighbor neighbor, double[] found, int length) {
    AlignedCurves both = AlignedCurves.periodic(length).with(QUERY, "", query, 0);
    List<Mark> stored = new ArrayList<>(both.with(neighbor.id(), "", found, 0).marks());
    stored.add(arrow(query, neighbor.lag(), length));
    List<Mark> aligned = both.with(neighbor.id(), "", found, neighbor.lag()).marks();
    Axis phase = Axis.of("phase", 0, 1);
    double[] all =
        Stream.concat(stored.stream(), aligned.stream())
            .flatMapToDouble(mark -> Arrays.stream(mark.y()))
            .toArray();
    Axis values = Axis.around("value, standardised", all);
    return new Plot(
        "Two series, and the same two aligned by the lag between them",
        List.of(
            new Panel("as they are stored", phase, values, stored),
            new Panel(
                "the second one moved back by the lag: distance "
                    + String.format(Locale.ROOT, "%.4f", neighbor.distance()),
                phase,
                values,
                aligned)));
  }

  /** From the peak of the query to the same place of the neighbor. */
  private static Mark arrow(double[] query, int lag, int length) {
    int peak =
        IntStream.range(0, query.length)
            .reduce((a, b) -> query[a] >= query[b] ? a : b)
            .orElseThrow();
    double from = (double) peak / query.length;
    double to = from + (double) lag / length;
    return Mark.arrow("lag " + lag + " of " + length, from, to, query[peak] + ABOVE);
  }

  /** {@link ReadmesTest} checks that a search answers what the README prints. */
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
