package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The string form of locations. */
class LocationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "some/stars.db | some/stars.db",
        "postgresql://u:secret@host:5433/stars | postgresql://host:5433/stars",
        "postgres://u:sec:ret@host/stars | postgresql://host/stars",
        "postgresql://u:sec@ret@host/stars?sslmode=require | postgresql://host/stars",
        "postgresql://u:sec%2Fret%3F@host/stars | postgresql://host/stars",
        "postgresql://[::1]:5433/stars | postgresql://[::1]:5433/stars",
        "postgresql://one:5432,two:5433/stars | postgresql://one:5432,two:5433/stars",
        "jdbc:postgresql://host/stars?user=u&password=secret | postgresql://host/stars",
        "postgresql://host/stars?currentSchema=tsdb | postgresql://host/stars",
        "postgresql://u@host/stars?password=secret&currentSchema=Mine"
            + " | postgresql://host/stars?currentSchema=mine",
        "postgresql://host/db?currentSchema=%22My%20own%22"
            + " | postgresql://host/db?currentSchema=%22My%20own%22",
      })
  void placeWithoutAccount(String location, String shown) {
    assertEquals(shown, EmbeddedTsdb.shown(location));
    assertEquals(shown, EmbeddedTsdb.shown(shown));
  }

  /** Malformed addresses: a missing part, or a password that is not URL-encoded. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:secret",
        "postgresql://u:secret/stars",
        "postgresql://u:secret@host:port/stars",
        "postgresql://u:secret@host:123456/stars",
        "postgresql://u:5432/secret@host/stars",
        "postgresql://u:5432?secret@host/stars",
        "postgresql://u:5432/x?y=secret@host/stars",
        "postgresql://host/stars?user=u&password=secret@home",
        "postgresql:u:secret@host",
        "jdbc:postgresql:secret",
        "postgresql://u:secret%@host/stars",
        "postgresq://u:secret@host/stars",
        "mysql://u:secret@host/stars",
        "jdbc:mysql://u:secret@host/stars",
      })
  void mistakesAreToldWithoutPasswords(String location) {
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    Handler handler = new StreamHandler(logged, new SimpleFormatter());
    handler.setLevel(Level.ALL);
    Logger driver = Logger.getLogger("org.postgresql");
    driver.addHandler(handler);
    try {
      InvalidRequestException refused =
          assertThrows(InvalidRequestException.class, () -> EmbeddedTsdb.shown(location));
      assertFalse(refused.toString().contains("secret"), refused::toString);
      assertThrows(InvalidRequestException.class, () -> Tsdb.open(location));
    } finally {
      driver.removeHandler(handler);
      handler.close();
    }
    assertFalse(logged.toString().contains("secret"), logged::toString);
  }

  @Test
  void anAddressThatNobodyAnswers() {
    String nowhere = "postgresql://u:secret@127.0.0.1:1/stars?options=secret";
    UnavailableException refused =
        assertThrows(UnavailableException.class, () -> EmbeddedTsdb.exists(nowhere));
    assertTrue(refused.getMessage().contains("database=postgresql://127.0.0.1:1/stars"));
    assertFalse(refused.toString().contains("secret"), refused::toString);
  }
}
