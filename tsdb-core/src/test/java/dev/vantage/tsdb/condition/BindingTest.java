package dev.vantage.tsdb.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingTest {
  private static final AttributeTypes TYPES =
      AttributeTypes.noneDeclared()
          .with("period", Type.DOUBLE)
          .with("n", Type.LONG)
          .with("type", Type.TEXT)
          .with("variable", Type.BOOLEAN)
          .with("seen", Type.TIMESTAMP);

  private static Filter bound(String text) {
    return Condition.parse(text).bind(TYPES);
  }

  private static String refusal(String text) {
    return assertThrows(InvalidConditionException.class, () -> bound(text)).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Negation ends in the tests.
        "not (period < 5 and n = 2) | (period >= 5.0 OR n <> 2)",
        "not (period < 5 or not n = 2) | (period >= 5.0 AND n = 2)",
        "not (n between 1 and 3 or n not in (4, 7)) | (n NOT BETWEEN 1 AND 3 AND n IN (4, 7))",
        "not type like 'a%' | type NOT LIKE 'a%'",
        "not type not like 'a%' | type LIKE 'a%'",
        "not seen is null | seen IS NOT NULL",
        "not not not variable | variable <> 1",
        "variable = false | variable = 0",
        "variable in (true, false) | variable IN (0, 1)",
        "not (n = 1 and (n = 2 or n = 3)) or n = 4 | (n <> 1 OR (n <> 2 AND n <> 3) OR n = 4)",
        "mean > 0 and std < 1 and length >= 10 | (mean > 0.0 AND std < 1.0 AND length >= 10)",
        // Longs, and numbers that are not longs.
        "n < 2.5 | n < 3",
        "n <= 2.5 | n <= 2",
        "n > 2.5 | n > 2",
        "n >= 2.5 | n >= 3",
        "n < -2.5 | n < -2",
        "n = 2.5 | false",
        "n <> 2.5 | n IS NOT NULL",
        "n = 2.0 | n = 2",
        "n = 2.00000000000000000001 | false",
        "n in (1.5, 2e0, 1e30) | n IN (2)",
        "n not in (1.5, 1e30) | n IS NOT NULL",
        "n between 1.5 and 3.5 | n BETWEEN 2 AND 3",
        "n between 1.2 and 1.8 | false",
        "n not between 3 and 1 | n IS NOT NULL",
        "n < 1e30 | n IS NOT NULL",
        "n > 1e30 | false",
        "n >= -1e30 | n IS NOT NULL",
        "not n >= -1e30 | false",
        "n between -1e30 and 5 | n <= 5",
        "n not between -1e30 and 5 | n > 5",
        "n <= 9223372036854775807 | n IS NOT NULL",
        "n < 9223372036854775807 | n < 9223372036854775807",
        "n < 9223372036854775808 | n IS NOT NULL",
        "n > 9007199254740992.5 | n > 9007199254740992",
        "n = 1e-9999 | false",
        "n < 1e9999 | n IS NOT NULL",
        // Doubles, and numbers that are not doubles.
        "period = 0.1 | period = 0.1",
        "period = -0.0 | period = 0.0",
        "period = 9007199254740993 | false",
        "period <> 9007199254740993 | period IS NOT NULL",
        "period < 9007199254740993 | period < 9.007199254740994E15",
        "period <= 9007199254740993 | period <= 9.007199254740992E15",
        "period > 9007199254740993 | period > 9.007199254740992E15",
        "period in (9007199254740993, 9007199254740994) | period IN (9.007199254740994E15)",
        "period = 9007199254740993.0 | period = 9.007199254740992E15",
        "period < 1e400 | period IS NOT NULL",
        "period > 1e400 | false",
        "period > -1e400 | period IS NOT NULL",
        "period not in (1e400) | period IS NOT NULL",
        "period <= 1.7976931348623157e308 | period IS NOT NULL",
        // Moments.
        "seen = '1970-01-01' | seen = 0",
        "seen > '1970-01-01T00:00:01' | seen > 1000000",
        "seen in (timestamp '1970-01-01T01:00+01:00', '1970-01-01 00:00:00.0000019Z') "
            + "| seen IN (0, 1)",
        "inserted_at < '1969-12-31T23:59:59.999999Z' | inserted_at < -1",
        "seen between '0001-01-01' and '9999-12-31T23:59:59.999999999Z' "
            + "| seen BETWEEN -62135596800000000 AND 253402300799999999",
        // Conditions that never match.
        "n = 2.5 or period = 1 | period = 1.0",
        "n = 2.5 and period = 1 | false",
        "n = 2.5 or n = 3.5 | false",
        "not (n <> 2.5 or period = 1) | false",
      })
  void binds(String text, String filter) {
    assertEquals(filter, bound(text).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "perod = 1 | no such attribute: name='perod', nearest='period', column=1",
        "n = 1 and peroid > 1 | no such attribute: name='peroid', nearest='period', column=11",
        "Type = 'a' | no such attribute: name='Type', nearest='type', column=1",
        "N is null | no such attribute: name='N', nearest='n', column=1",
        "color = 'a' | no such attribute: name='color', column=1",
        "not (brightness) | no such attribute: name='brightness', column=6",
        "period = 'x' | literal must suit the type of its attribute: name='period', type=double,"
            + " literal type=text, literal='x', column=10",
        "n in (1, true) | literal must suit the type of its attribute: name='n', type=long,"
            + " literal type=boolean, literal=true, column=10",
        "5 < type | literal must suit the type of its attribute: name='type', type=text,"
            + " literal type=number, literal=5, column=1",
        "variable = 1 | literal must suit the type of its attribute: name='variable', type=boolean,"
            + " literal type=number, literal=1, column=12",
        "type between 'a' and timestamp '2024-01-01' | literal must suit the type of its attribute:"
            + " name='type', type=text, literal type=timestamp,"
            + " literal=timestamp '2024-01-01T00:00:00Z', column=22",
        "seen > 5 | literal must suit the type of its attribute: name='seen', type=timestamp,"
            + " literal type=number, literal=5, column=8",
        "seen > 'noon' | timestamp must be like '2024-05-01' or '2024-05-01T20:15:00.5Z', in the"
            + " years 1 to 9999: found='noon', column=8",
        "n like 'x' | an attribute before like must be a text: name='n', type=long, wanted=text,"
            + " column=1",
        "n = 1 or type | an attribute that is a condition by itself must be a boolean: name='type',"
            + " type=text, wanted=boolean, column=10",
      })
  void refuses(String text, String message) {
    assertEquals(message, refusal(text));
  }

  @Test
  void refusesStrangeMoments() {
    for (String text :
        List.of(
            "0000-12-31",
            "+10000-01-01",
            "-0001-01-01",
            "2024-1-1",
            "2024-01-01T",
            "2024-01-01Z",
            "2024-01-01T24:00",
            "2024-01-01T10",
            "2024-13-01",
            "2024-01-01T10:00ZZ",
            "2024-01-01T10:00[Europe/Paris]",
            " 2024-01-01",
            "2024-01-01  10:00",
            "",
            "20240101",
            "0001-01-01T00:00+01:00",
            "9999-12-31T23:59:59-01:00")) {
      assertTrue(refusal("seen = '" + text + "'").contains("found='" + text + "'"), text);
    }
  }

  @Test
  void namesItsAttributes() {
    assertEquals(
        "[id, n, period, type]",
        bound("type = 'a' and (n = 1 or period > 2) and n is null and id like 'x'")
            .attributes()
            .toString());
  }

  @Test
  void isEqualWhereItTestsTheSame() {
    assertEquals(bound("n < 2.5 and period in (2, 1)"), bound("not n >= 3 and period in (1.0, 2)"));
    assertEquals(bound("n = 1").hashCode(), bound("not n <> 1").hashCode());
    assertEquals(bound("type like 'a%%'"), bound("type like 'a%' escape '!'"));
    assertNotEquals(bound("n = 1"), bound("n <> 1"));
    assertNotEquals(bound("n = 1"), bound("length = 1"));
    assertNotEquals(bound("type like 'a'"), bound("type = 'a'"));
  }

  /** Numbers that would be a thousand times as long if they were written out. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void takesLittleTimeForTinyNumbers() {
    assertEquals(bound("n > 0"), bound("n > 1e-9999"));
    assertEquals(bound("n > -1"), bound("n > -1e-9999"));
    assertEquals(bound("n < 1"), bound("n < 0.5"));
    assertEquals(bound("n in (0)"), bound("n in (0e-9999, 1e-9999, -0.5)"));
    String many = "1e-9999,".repeat(7200) + "7";
    for (int i = 0; i < 40; i++) {
      assertEquals(bound("n in (7)"), bound("n in (" + many + ")"));
    }
  }

  @Test
  void takesNaNForNull() {
    for (String text : List.of("period < 5", "not period < 5", "period in (1)", "period <> 1")) {
      assertFalse(((DoubleFilter) bound(text)).test(Double.NaN), text);
    }
    assertTrue(((DoubleFilter) bound("period not in (1, 2)")).test(0));
    assertFalse(((DoubleFilter) bound("period not in (0, 2)")).test(-0.0));
    assertTrue(((DoubleFilter) bound("period between 0 and 2")).test(-0.0));
  }

  @Test
  void refusesRowsOfOtherTypes() {
    Optional<AttributeValue> text = Optional.of(new TextValue("x"));
    Optional<AttributeValue> number = Optional.of(new LongValue(1));
    assertEquals(
        "row must give values of the types that the condition was bound to: test='n = 1', value=x",
        assertThrows(IllegalArgumentException.class, () -> bound("n = 1").matches(name -> text))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> bound("type = ''").matches(name -> number));
    assertThrows(IllegalArgumentException.class, () -> bound("period = 1").matches(name -> number));
  }
}
