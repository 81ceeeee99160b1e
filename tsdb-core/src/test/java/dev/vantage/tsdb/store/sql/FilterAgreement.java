package dev.vantage.tsdb.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.RandomConditions;
import dev.vantage.tsdb.condition.Row;
import dev.vantage.tsdb.condition.ThreeValuedOracle;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Checks that random conditions mean the same in memory, in SQL and by definition. */
public final class FilterAgreement {
  private static final int ROWS = 60;
  private static final int CONDITIONS_PER_TABLE = 500;
  private static final int MAX_DEPTH = 6;

  private FilterAgreement() {}

  /** Checks some thousands of conditions on a database. */
  public static void check(Connection connection, SqlDialect dialect, int conditions, Random random)
      throws SQLException {
    int matches = 0;
    int partial = 0;
    for (int done = 0; done < conditions; done += CONDITIONS_PER_TABLE) {
      RandomConditions source = new RandomConditions(random);
      List<Map<String, AttributeValue>> rows = new ArrayList<>();
      try (FilterDatabase database = new FilterDatabase(connection, dialect)) {
        for (int key = 0; key < ROWS; key++) {
          rows.add(source.nextRow());
          database.insert(key, rows.get(key));
        }
        for (int i = 0; i < CONDITIONS_PER_TABLE; i++) {
          String text = source.nextCondition(random.nextInt(MAX_DEPTH + 1));
          int found = agreed(text, source, rows, database);
          matches += found;
          partial += found > 0 && found < ROWS ? 1 : 0;
        }
      }
    }
    System.out.println("conditions=" + conditions + ", partial=" + partial + ", all=" + matches);
    assertTrue(partial > conditions / 2, "conditions that tell rows apart: " + partial);
  }

  private static int agreed(
      String text,
      RandomConditions source,
      List<Map<String, AttributeValue>> rows,
      FilterDatabase database)
      throws SQLException {
    Condition condition = Condition.parse(text);
    assertEquals(condition, Condition.parse(condition.toString()));
    Filter filter = condition.bind(source.types());
    SortedSet<String> expected = ids(rows, row -> ThreeValuedOracle.matches(condition, row));
    assertEquals(expected, ids(rows, row -> filter.matches(inMemory(row))), text);
    assertEquals(expected, database.ids(filter), () -> text + "\n" + filter);
    return expected.size();
  }

  private static Row inMemory(Map<String, AttributeValue> row) {
    return name -> Optional.ofNullable(row.get(name));
  }

  private static SortedSet<String> ids(
      List<Map<String, AttributeValue>> rows, Predicate<Map<String, AttributeValue>> matches) {
    SortedSet<String> ids = new TreeSet<>();
    rows.stream().filter(matches).forEach(row -> ids.add(row.get(AttributeTypes.ID).toString()));
    return ids;
  }
}
