package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.metric.Standardisation;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Curves are what the distance compares. */
class CurvesTest {
  private static final int LENGTH = 8;
  private static final TimeSeries SERIES =
      TimeSeries.of(new double[] {0.1, 0.4, 0.7}, new double[] {3, 1, 4});

  private static EmbeddedTsdb filled(Resampling resampling) {
    EmbeddedTsdb database =
        Tsdb.inMemory(Settings.DEFAULT.withLength(LENGTH).withResampling(resampling), 1);
    database.insert("a", SERIES);
    database.insert("b", TimeSeries.ofValues(1, 2, 3, 5));
    return database;
  }

  @ParameterizedTest
  @EnumSource
  void curvesAreResampledAndStandardised(Resampling resampling) {
    try (EmbeddedTsdb database = filled(resampling)) {
      List<Curve> curves = database.curves(List.of("b", "a", "b"), LENGTH);
      assertEquals(List.of("b", "a", "b"), curves.stream().map(Curve::id).toList());
      assertEquals(curves.get(0), curves.get(2));
      Curve a = curves.get(1);
      assertArrayEquals(
          Standardisation.standardise(resampling.resample(SERIES, LENGTH)), a.values());
      assertEquals(0, Arrays.stream(a.values()).sum(), 1e-12);
      assertEquals(LENGTH, Arrays.stream(a.values()).map(v -> v * v).sum(), 1e-12);
      int spaces = resampling == Resampling.PERIODIC ? LENGTH : LENGTH - 1;
      for (int k = 0; k < LENGTH; k++) {
        assertEquals((double) k / spaces, a.phases()[k]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fewerAndMoreValuesLieOnTheSameLines(Resampling resampling) {
    try (EmbeddedTsdb database = filled(resampling)) {
      double[] whole = database.curves(List.of("a"), LENGTH).get(0).values();
      double[] half = database.curves(List.of("a"), LENGTH / 2).get(0).values();
      double[] many = database.curves(List.of("a"), 10 * LENGTH).get(0).values();
      assertEquals(whole[0], half[0], 1e-12);
      assertEquals(whole[0], many[0], 1e-12);
      if (resampling == Resampling.PERIODIC) {
        for (int k = 0; k < LENGTH; k++) {
          assertEquals(whole[k], half[k / 2], k % 2 == 0 ? 1e-12 : 9);
          assertEquals(whole[k], many[10 * k], 1e-12);
        }
      } else {
        assertEquals(whole[LENGTH - 1], half[LENGTH / 2 - 1], 1e-12);
        assertEquals(whole[LENGTH - 1], many[10 * LENGTH - 1], 1e-12);
      }
    }
  }

  @Test
  void whatCannotBeAskedForIsRefused() {
    try (EmbeddedTsdb database = filled(Resampling.PERIODIC)) {
      assertEquals(List.of(), database.curves(List.of(), 2));
      List<String> most = Collections.nCopies(Curve.MAX_CURVES, "a");
      assertEquals(Curve.MAX_CURVES, database.curves(most, 2).size());
      refused(
          database,
          Collections.nCopies(Curve.MAX_CURVES + 1, "a"),
          2,
          "ids must be at most 200: ids=201");
      refused(
          database,
          List.of("a"),
          1,
          "points must be from 2, and ids * points at most 1048576: ids=1, points=1");
      refused(
          database,
          List.of("a", "b"),
          Curve.MAX_VALUES / 2 + 1,
          "points must be from 2, and ids * points at most 1048576: ids=2, points=524289");
      UnknownIdException unknown =
          assertThrows(UnknownIdException.class, () -> database.curves(List.of("a", "x"), 2));
      assertEquals("no series has this id: id=x", unknown.getMessage());
      assertThrows(InvalidIdException.class, () -> database.curves(List.of(""), 2));
    }
  }

  private static void refused(EmbeddedTsdb database, List<String> ids, int points, String words) {
    InvalidRequestException e =
        assertThrows(InvalidRequestException.class, () -> database.curves(ids, points));
    assertEquals(words, e.getMessage());
  }
}
