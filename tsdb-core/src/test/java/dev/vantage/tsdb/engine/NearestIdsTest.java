package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages about unknown ids name the nearest ids. */
class NearestIdsTest {
  private Tsdb database;

  @BeforeEach
  void fill() {
    database = Tsdb.inMemory(Settings.DEFAULT.withLength(16).withVantagePoints(2), 1);
    int last = 9;
    for (String id : List.of("4099_g", "4099_i", "4099_r", "4099_z", "41_g", "a", "star 1")) {
      database.insert(id, TimeSeries.ofValues(1, 2, last++));
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static String message(Executable call) {
    return assertThrows(UnknownIdException.class, call).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "4099, ', nearest=4099_g 4099_i 4099_r'",
    "4099_, ', nearest=4099_g 4099_i 4099_r'",
    "4099_u, ', nearest=4099_g 4099_i 4099_r'",
    "41.csv, ', nearest=41_g'",
    "star 2, ', nearest=star 1'",
    "4099g, ', nearest=4099_g'",
    "409_r, ', nearest=4099_r'",
    "5099_g, ', nearest=4099_g 4099_i 4099_r'",
    "STAR-1, ', nearest=star 1'",
    "b, ''",
    "4099_zz_b, ''",
    "_x, ''"
  })
  void idsThatBeginAlikeAreNamed(String id, String nearest) {
    assertEquals("no series has this id: id=" + id + nearest, message(() -> database.get(id)));
  }

  @Test
  void idsAmongManyAreFoundByTheirBeginning() {
    List<SeriesEntry> many = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      many.add(
          new SeriesEntry(
              "m%04d".formatted(i), TimeSeries.ofValues(1, 2, i + 9), Attributes.none()));
    }
    many.add(new SeriesEntry("zeta-77-b", TimeSeries.ofValues(1, 2, 8), Attributes.none()));
    database.insertAll(many);
    assertEquals(
        "no series has this id: id=zeta77-b, nearest=zeta-77-b",
        message(() -> database.get("zeta77-b")));
  }

  @Test
  void everyMethodNamesThem() {
    String expected = "no series has this id: id=41, nearest=41_g";
    assertEquals(expected, message(() -> database.delete("41")));
    assertEquals(expected, message(() -> database.addVantagePoint("41")));
    assertEquals(expected, message(() -> database.curves(List.of("41"), 4)));
    assertEquals(expected, message(() -> database.search(Query.like("41"))));
    assertEquals(expected, message(() -> database.searchAll(List.of(Query.like("41")))));
  }
}
