package dev.vantage.tsdb.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.testkit.Seeds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteFilterTest {
  private static final AttributeTypes TYPES =
      AttributeTypes.noneDeclared().with("n", Type.LONG).with("t", Type.TEXT);

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static Map<String, AttributeValue> row(String id, long n, String t) {
    return Map.of(
        AttributeTypes.ID,
        new TextValue(id),
        AttributeTypes.MEAN,
        new DoubleValue(0),
        AttributeTypes.STD,
        new DoubleValue(1),
        AttributeTypes.LENGTH,
        new LongValue(10),
        "n",
        new LongValue(n),
        "t",
        new TextValue(t));
  }

  private Set<String> ids(String condition) throws SQLException {
    try (FilterDatabase database = new FilterDatabase(connection, SqlDialect.SQLITE)) {
      database.insert(1, row("one", 1, "x"));
      database.insert(2, row("two", 2000, "it's"));
      database.insert(3, row("long", 9000, "x".repeat(65_536)));
      return database.ids(Condition.parse(condition).bind(TYPES));
    }
  }

  @Test
  void agreesWithTheDefinition() throws SQLException {
    FilterAgreement.check(
        connection, SqlDialect.SQLITE, 10_000, Seeds.random("agreesWithTheDefinition"));
  }

  @Test
  void patternsMatchByDefinition() throws SQLException {
    LikeAgreement.check(connection, SqlDialect.SQLITE, Seeds.random("patternsMatchByDefinition"));
  }

  @Test
  void takesAsManyTestsAsThereMayBe() throws SQLException {
    assertEquals(Set.of("one"), ids(joined(" or ", "n = ", 0, 1999)));
    assertEquals(Set.of("long"), ids(joined(" and ", "n <> ", 1, 2000)));
    assertEquals(Set.of("one", "two", "long"), ids(joined(" and ", "length <> ", 11, 2000)));
  }

  private static String joined(String operator, String test, int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(n -> test + n)
        .collect(Collectors.joining(operator));
  }

  @Test
  void takesAsManyLiteralsAsThereMayBe() throws SQLException {
    String members = "0,".repeat(9_999) + "1";
    assertEquals(Set.of("one"), ids("n in (" + members + ")"));
    String distinct =
        IntStream.range(1, 10_001).mapToObj(Integer::toString).collect(Collectors.joining(","));
    assertEquals(Set.of(), ids("n not in (" + distinct + ")"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "length"})
  void takesWhatIsNestedAsDeepAsItMayBe(String other) throws SQLException {
    StringBuilder text = new StringBuilder("n = 1");
    for (int i = 0; i < 100; i++) {
      String operator = i % 2 == 0 ? " and " : " or ";
      String others = joined(operator, i % 2 == 0 ? "n <> " : other + " = ", 5000, 18);
      text.insert(0, others + operator + "(").append(')');
    }
    assertEquals(Set.of("one"), ids(text.toString()));
  }

  @Test
  void takesTheLongestPattern() throws SQLException {
    assertEquals(Set.of("long"), ids("t like '" + "%x".repeat(500) + "'"));
    assertEquals(Set.of(), ids("t like '" + "[".repeat(1000) + "'"));
    assertEquals(Set.of("one", "long"), ids("t like 'x" + "%".repeat(999) + "'"));
    assertEquals(Set.of(), ids("t like '" + "%x".repeat(499) + "%y'"));
  }

  @Test
  void bindsAllThatUsersWrite() throws SQLException {
    Filter filter =
        Condition.parse("t = '''; drop table series; --' or n in (12345, 6) and id like 'zz%'")
            .bind(TYPES);
    for (SqlDialect dialect : SqlDialect.values()) {
      SqlCondition condition = ConditionSql.write(filter, dialect);
      for (String part : new String[] {"drop", "12345", "zz"}) {
        assertFalse(condition.text().contains(part), condition.text());
      }
      assertEquals(
          condition.parameters().size(), condition.text().chars().filter(c -> c == '?').count());
    }
    assertEquals(Set.of("two"), ids("t = 'it''s' or t = '''; drop table series; --'"));
  }

  @Test
  void looksAnAttributeUpOnceForTestsBesideEachOther() {
    Filter filter =
        Condition.parse("n > 1 and t = 'a' and (n < 5 or n = 7 or n is not null) and length > 2")
            .bind(TYPES);
    SqlCondition condition = ConditionSql.write(filter, SqlDialect.SQLITE);
    String start = "EXISTS (SELECT 1 FROM attribute a WHERE a.key = s.key AND a.name = ? AND ";
    assertEquals(
        "("
            + start
            + "(a.long_value > ? AND ((a.long_value < ? OR a.long_value = ?) OR a.name IS NOT"
            + " NULL))) AND ("
            + start
            + "a.text_value = ?) AND m.length > ?))",
        condition.text());
    assertEquals("[n, 1, 5, 7, t, a, 2]", condition.parameters().toString());
  }

  @Test
  void writesEachDialect() {
    Filter filter = Condition.parse("t like '50!%*_!%' escape '!' and id > 'a'").bind(TYPES);
    String start = "(EXISTS (SELECT 1 FROM attribute a WHERE a.key = s.key AND a.name = ?";
    assertEquals(
        start + " AND a.text_value GLOB ?) AND s.id > ?)",
        ConditionSql.write(filter, SqlDialect.SQLITE).text());
    assertEquals(
        "[t, 50%[*]?%, a]", ConditionSql.write(filter, SqlDialect.SQLITE).parameters().toString());
    assertEquals(
        start + " AND a.text_value LIKE ? ESCAPE '!') AND s.id > ?)",
        ConditionSql.write(filter, SqlDialect.POSTGRESQL).text());
    assertEquals(
        "[t, 50!%*_!%, a]",
        ConditionSql.write(filter, SqlDialect.POSTGRESQL).parameters().toString());
    assertTrue(
        ConditionSql.write(Condition.parse("n is null").bind(TYPES), SqlDialect.SQLITE)
            .text()
            .startsWith("NOT "));
  }
}
