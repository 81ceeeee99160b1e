package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.fuzz.ChosenByBytes;
import dev.vantage.tsdb.fuzz.FuzzTarget;
import dev.vantage.tsdb.fuzz.InputCost;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.store.sql.ConditionSql;
import dev.vantage.tsdb.store.sql.SqlDialect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;

/**
 * Reads any bytes as a condition, which is refused or equal after it is written and read again. The
 * first byte selects the meaning: '0', the text itself; others, random choices of a condition with
 * one changed char.
 */
public final class ConditionTarget implements FuzzTarget {
  private static final int ROWS = 12;
  private static final int MOST_DEPTH = 4;

  private final InputCost cost = new InputCost(4 << 20, 2000, Duration.ofSeconds(10));
  private final RandomConditions source = new RandomConditions(new Random(1));
  private final List<SortedMap<String, AttributeValue>> rows = new ArrayList<>();
  private long read;
  private long refused;

  public ConditionTarget() {
    for (int i = 0; i < ROWS; i++) {
      rows.add(source.nextRow());
    }
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    RandomConditions conditions = new RandomConditions(new Random(2));
    for (int i = 0; i < 60; i++) {
      seeds.add(("0" + conditions.nextCondition(i % 3)).getBytes(StandardCharsets.UTF_8));
      seeds.add(new byte[] {'1', (byte) i, (byte) (7 * i), 3, (byte) (i / 2), 1, 0, 9});
    }
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of(
        " and ",
        " or ",
        " not ",
        " between ",
        " in (",
        " like '",
        " escape '",
        " is null",
        " is not null",
        "timestamp '",
        "2024-05-01T20:15:00Z",
        "true",
        "false",
        "period",
        "count",
        "type",
        "variable",
        "seen",
        "inserted_at",
        "\"not\"",
        "''",
        "\"\"",
        "<>",
        "<=",
        ">=",
        "!=",
        "9223372036854775808",
        "1e400",
        "4.9e-324",
        "%",
        "_",
        "((((",
        "))))",
        "\u00e9");
  }

  @Override
  public void accept(byte[] input) {
    String text = text(input);
    cost.check(text.length(), () -> check(text));
  }

  private static String text(byte[] input) {
    if (input.length == 0 || input[0] == '0') {
      return new String(
          input, Math.min(1, input.length), Math.max(0, input.length - 1), StandardCharsets.UTF_8);
    }
    Random choices = new ChosenByBytes(Arrays.copyOfRange(input, 1, input.length), 0);
    String text = new RandomConditions(choices).nextCondition(choices.nextInt(MOST_DEPTH));
    if (choices.nextInt(3) > 0) {
      return text;
    }
    int at = choices.nextInt(text.length());
    return text.substring(0, at) + (char) choices.nextInt(128) + text.substring(at + 1);
  }

  private void check(String text) {
    try {
      Condition condition = Condition.parse(text);
      read++;
      Condition again = Condition.parse(condition.toString());
      must(condition.equals(again), text);
      Filter filter = condition.bind(source.types());
      Filter filterAgain = again.bind(source.types());
      for (SqlDialect dialect : SqlDialect.values()) {
        must(
            ConditionSql.write(filter, dialect).equals(ConditionSql.write(filterAgain, dialect)),
            text);
      }
      for (SortedMap<String, AttributeValue> row : rows) {
        Row values = name -> Optional.ofNullable(row.get(name));
        must(filter.matches(values) == filterAgain.matches(values), text);
      }
    } catch (InvalidConditionException e) {
      refused++;
      must(e.column() >= 1 && e.column() <= text.length() + 1, text);
      must(e.getMessage().length() < 400, text);
    }
  }

  private static void must(boolean holds, String text) {
    if (!holds) {
      throw new AssertionError("condition must be read as it is written: " + text);
    }
  }

  long read() {
    return read;
  }

  long refused() {
    return refused;
  }

  @Override
  public String toString() {
    return "conditions: read=" + read + ", refused=" + refused + ", most allocated=" + cost.most();
  }
}
