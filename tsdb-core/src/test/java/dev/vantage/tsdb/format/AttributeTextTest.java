package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeTextTest {
  @ParameterizedTest
  @CsvSource({
    "5,                    LONG,    5",
    "-12,                  LONG,    -12",
    "+7,                   LONG,    7",
    "9223372036854775807,  LONG,    9223372036854775807",
    "-9223372036854775808, LONG,    -9223372036854775808",
    "9223372036854775808,  DOUBLE,  9.223372036854776E18",
    "5.0,                  DOUBLE,  5.0",
    ".5,                   DOUBLE,  0.5",
    "1e3,                  DOUBLE,  1000.0",
    "true,                 BOOLEAN, true",
    "false,                BOOLEAN, false",
    "True,                 TEXT,    True",
    "RR Lyrae,             TEXT,    RR Lyrae",
    "0x10,                 TEXT,    0x10",
    "1d,                   TEXT,    1d",
    "NaN,                  TEXT,    NaN",
    "'',                   TEXT,    ''",
    "1e999,                TEXT,    1e999",
    "2024-05-01T20:15:00.5+02:00, TIMESTAMP, 2024-05-01T18:15:00.500Z",
    "2024-05-01,           TEXT,    2024-05-01",
    "2024-05-01T20:15:00,  TEXT,    2024-05-01T20:15:00",
  })
  void readsTheNarrowestType(String text, AttributeValue.Type type, String value) {
    AttributeValue typed = AttributeText.readNarrowest(text);
    assertEquals(type, typed.type());
    assertEquals(value, typed.toString());
  }

  @Test
  void readsKnownTypes() {
    assertEquals(Optional.of(new DoubleValue(5)), AttributeText.read("5", Type.DOUBLE));
    assertEquals(Optional.of(new BooleanValue(true)), AttributeText.read("True", Type.BOOLEAN));
    assertEquals(Optional.empty(), AttributeText.read("5.0", Type.LONG));
    assertEquals(Optional.empty(), AttributeText.read("1", Type.BOOLEAN));
    assertEquals(Optional.empty(), AttributeText.read("1e999", Type.DOUBLE));
    assertEquals(Optional.empty(), AttributeText.read("5", Type.TIMESTAMP));
    assertEquals("5", AttributeText.read("5", Type.TEXT).orElseThrow().toString());
    String tooLong = "x".repeat(Attributes.MAX_TEXT + 1);
    assertThrows(InvalidAttributeException.class, () -> AttributeText.read(tooLong, Type.TEXT));
  }

  /** One that is divided in all ways until it is given up would take an hour. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongRowOfDigitsThatIsNoNumberIsGivenUpSoon() {
    String text = "0".repeat(1 << 20) + " c";
    assertEquals(Optional.empty(), AttributeText.read(text, Type.DOUBLE));
    assertEquals(Optional.empty(), AttributeText.read(text + "e", Type.DOUBLE));
    assertEquals(Optional.empty(), AttributeText.read("1e" + text, Type.DOUBLE));
  }
}
