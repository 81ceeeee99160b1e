package dev.vantage.tsdb.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A neighbor that is moved back by its lag lies on the query. */
class AlignedCurvesTest {
  private static final int LENGTH = 64;
  private static final double CLOSE = 1e-9;

  private final Random random = Seeds.random("AlignedCurvesTest");

  private static double[] shifted(double[] values, int lag) {
    int n = values.length;
    return IntStream.range(0, n).mapToDouble(t -> values[(t - lag + n) % n]).toArray();
  }

  private double[] noise(int length) {
    return random.doubles(length).toArray();
  }

  private static AlignedCurves curves(Resampling resampling) {
    return resampling == Resampling.PERIODIC
        ? AlignedCurves.periodic(LENGTH)
        : AlignedCurves.interval(LENGTH);
  }

  /** The whole way: what the search and the database say of a shifted copy puts it on the query. */
  @ParameterizedTest
  @EnumSource
  void aShiftedCopyCoincides(Resampling resampling) {
    Settings settings = Settings.DEFAULT.withLength(LENGTH).withResampling(resampling);
    try (EmbeddedTsdb database = Tsdb.inMemory(settings, 1)) {
      double[] values = noise(LENGTH);
      int lag = 1 + random.nextInt(LENGTH - 1);
      database.insert("a", TimeSeries.ofValues(values));
      database.insert("b", TimeSeries.ofValues(shifted(values, lag)));
      Neighbor found = database.search(Query.like("a").nearest(1)).neighbors().get(0);
      assertEquals(lag, found.lag());
      List<Curve> compared = database.curves(List.of("a", "b"), LENGTH);
      List<Mark> marks =
          curves(resampling)
              .with("a", "", compared.get(0).values(), 0)
              .with("b", "", compared.get(1).values(), found.lag())
              .marks();
      Mark query = marks.get(0);
      int points = 0;
      for (Mark part : marks.subList(1, marks.size())) {
        for (int i = 0; i < part.size(); i++, points++) {
          int t = (int) Math.round(part.x(i) * (query.size() - 1));
          assertEquals(query.x(t), part.x(i), CLOSE);
          assertEquals(query.y(t), part.y(i), CLOSE);
        }
      }
      assertEquals(query.size(), points);
    }
  }

  /** With noise they do not coincide, and no other shift of the neighbor fits better. */
  @Test
  void aNoisyCopyIsShiftedToWhereItFitsBest() {
    try (EmbeddedTsdb database =
        Tsdb.inMemory(Settings.DEFAULT.withLength(LENGTH).withMultiplier(100), 1)) {
      double[] values =
          IntStream.range(0, LENGTH)
              .mapToDouble(t -> Math.exp(-Math.pow((t - 20) / 5.0, 2)))
              .toArray();
      double[] copy = shifted(values, 23);
      Random gaussian = random;
      for (int t = 0; t < LENGTH; t++) {
        copy[t] += 0.1 * gaussian.nextGaussian();
      }
      database.insert("a", TimeSeries.ofValues(values));
      database.insert("b", TimeSeries.ofValues(copy));
      int lag = database.search(Query.like("a").nearest(1)).neighbors().get(0).lag();
      double best = difference(values, copy, lag);
      for (int other = 0; other < LENGTH; other++) {
        assertTrue(difference(values, copy, other) >= best - CLOSE, "lag=" + lag + "," + other);
      }
    }
  }

  /** The area between the query and the neighbor as they are drawn. */
  private static double difference(double[] query, double[] found, int lag) {
    List<Mark> marks =
        AlignedCurves.periodic(LENGTH).with("a", "", query, 0).with("b", "", found, lag).marks();
    double sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      assertEquals(marks.get(0).x(i), marks.get(1).x(i), CLOSE);
      sum += Math.pow(marks.get(0).y(i) - marks.get(1).y(i), 2);
    }
    return sum;
  }

  /** Curves with fewer points than samples are aligned like curves with all samples. */
  @ParameterizedTest
  @ValueSource(ints = {3, 10, 37, 64, 100})
  void samplesMayBeFewerOrMoreThanTheLagCounts(int samples) {
    for (int lag = 0; lag < LENGTH; lag += 7) {
      Mark whole = AlignedCurves.periodic(LENGTH).with("a", "", wave(LENGTH), lag).marks().get(0);
      Mark few = AlignedCurves.periodic(LENGTH).with("a", "", wave(samples), lag).marks().get(0);
      assertEquals(0, few.x(0), 0);
      assertEquals(1, few.x(few.size() - 1), 0);
      assertEquals(few.y(0), few.y(few.size() - 1), CLOSE);
      for (int i = 1; i < few.size(); i++) {
        assertTrue(few.x(i) > few.x(i - 1));
      }
      double phase = (double) lag / LENGTH;
      for (int i = 0; i < whole.size(); i++) {
        assertEquals(Math.sin(2 * Math.PI * (whole.x(i) + phase)), whole.y(i), CLOSE);
      }
      for (int i = 1; i < few.size() - 1; i++) {
        assertEquals(Math.sin(2 * Math.PI * (few.x(i) + phase)), few.y(i), CLOSE);
      }
    }
  }

  private static double[] wave(int samples) {
    return IntStream.range(0, samples)
        .mapToDouble(k -> Math.sin(2 * Math.PI * k / samples))
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 37, 64, 100})
  void anIntervalIsCutAtItsLag(int samples) {
    double[] line =
        IntStream.range(0, samples).mapToDouble(k -> (double) k / (samples - 1)).toArray();
    for (int lag = 1; lag < LENGTH; lag += 5) {
      List<Mark> parts = AlignedCurves.interval(LENGTH).with("a", "n", line, lag).marks();
      int points = 0;
      double begin = (double) lag / (LENGTH - 1);
      double lap = (double) LENGTH / (LENGTH - 1);
      for (Mark part : parts) {
        assertEquals("a", part.name());
        assertEquals("n", part.note());
        for (int i = 0; i < part.size(); i++, points++) {
          assertTrue(part.x(i) >= 0 && part.x(i) <= 1);
          double time = part.x(i) + begin;
          assertEquals(time > 1 + CLOSE ? time - lap : time, part.y(i), CLOSE);
        }
      }
      // A sample in the gap between the end and the beginning has no place.
      assertTrue(points >= samples - 1 - samples / LENGTH, "points=" + points);
    }
    assertEquals(1, AlignedCurves.interval(LENGTH).with("a", "", line, 0).marks().size());
  }

  @Test
  void theWordsOfTheLagDecideTheDirection() {
    // Neighbor.lag: the query's value at t best matches the neighbor's at t + s.
    double[] query = {9, 1, 2, 3};
    double[] neighbor = {3, 9, 1, 2};
    Mark mark = AlignedCurves.periodic(4).with("b", "", neighbor, 1).marks().get(0);
    assertArrayEquals(new double[] {9, 1, 2, 3, 9}, mark.y(), 0);
    assertArrayEquals(new double[] {0, 0.25, 0.5, 0.75, 1}, mark.x(), 0);
    assertEquals(AlignedCurves.periodic(4).with("b", "", query, 0).marks(), List.of(mark));
  }

  @Test
  void whatIsNoCurveIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> AlignedCurves.periodic(1));
    AlignedCurves none = AlignedCurves.interval(4);
    for (int lag : new int[] {-1, 4}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> none.with("a", "", new double[] {1, 2}, lag));
      assertEquals("lag must be from 0 to length - 1: lag=" + lag + ", length=4", e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> none.with("a", "", new double[] {1}, 0));
    assertThrows(
        IllegalArgumentException.class, () -> none.with("a", "", new double[] {1, Double.NaN}, 0));
  }
}
