package dev.vantage.tsdb.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.RandomConditions;
import dev.vantage.tsdb.condition.Row;
import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.testkit.Seeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RowCollectorTest {
  private static final MathContext EXACT = new MathContext(100);

  private static final List<TableColumn> TABLE =
      List.of(
          new TableColumn("g", Type.TEXT),
          new TableColumn("x", Type.DOUBLE),
          new TableColumn("n", Type.LONG));

  /** Evaluates in memory, as the description of the package says. */
  static Rows inMemory(
      Select select, AttributeTypes types, List<Map<String, AttributeValue>> rows) {
    RowCollector collector = RowCollector.of(BoundSelect.of(select, types));
    rows.stream()
        .sorted(Comparator.comparing(row -> row.get(AttributeTypes.ID), CellValues.ASCENDING))
        .map(row -> (Row) name -> Optional.ofNullable(row.get(name)))
        .filter(row -> select.where().map(where -> where.bind(types).matches(row)).orElse(true))
        .forEach(collector::add);
    return collector.rows();
  }

  @Test
  void agreesWithTheDefinition() {
    Random random = Seeds.random("agreesWithTheDefinition");
    int overflows = 0;
    for (int table = 0; table < 6; table++) {
      RandomConditions source = new RandomConditions(random);
      List<Map<String, AttributeValue>> rows = new ArrayList<>();
      for (int i = random.nextInt(80); i > 0; i--) {
        rows.add(source.nextRow());
      }
      RandomSelects selects = new RandomSelects(random, source, source.types());
      for (int i = 0; i < 60; i++) {
        Select select = selects.next();
        try {
          Rows expected = SlowSelect.of(select, source.types(), rows);
          assertEquals(
              SlowSelect.text(expected),
              SlowSelect.text(inMemory(select, source.types(), rows)),
              select::toString);
          assertEquals(expected, inMemory(select, source.types(), rows), select::toString);
        } catch (InvalidSelectException e) {
          overflows++;
          assertRule(Rule.OVERFLOW, () -> inMemory(select, source.types(), rows));
        }
      }
    }
    assertTrue(overflows < 180, "overflows=" + overflows);
  }

  private static void assertRule(Rule rule, Executable call) {
    assertEquals(rule, assertThrows(InvalidSelectException.class, call).rule());
  }

  private static Rows table(Object... values) {
    Rows.Builder table = new Rows.Builder(TABLE);
    for (int i = 0; i < values.length; i += 3) {
      table.add(
          List.of(
              Optional.ofNullable(values[i]).map(v -> new TextValue((String) v)),
              Optional.ofNullable(values[i + 1]).map(v -> new DoubleValue((Double) v)),
              Optional.ofNullable(values[i + 2]).map(v -> new LongValue((Integer) v))));
    }
    return table.build();
  }

  private static List<String> select(Rows table, Select select) {
    RowCollector collector = RowCollector.of(BoundSelect.of(select, table.columns()));
    for (int row = 0; row < table.size(); row++) {
      collector.add(table.row(row));
    }
    return SlowSelect.text(collector.rows());
  }

  @Test
  void selectsFromTables() {
    Rows table = table("b", 1.5, 3, "a", null, 1, null, 2.5, null, "b", -0.0, 3);
    assertEquals(
        List.of("b|1.5|3|", "a|nil|1|", "nil|2.5|nil|", "b|0.0|3|"), select(table, Select.all()));
    assertEquals(
        List.of("nil|1|2.5|", "b|2|1.5|", "a|1|nil|"),
        select(
            table,
            Select.of(
                    List.of(
                        SelectColumn.of("g"),
                        SelectColumn.countOfRows(),
                        SelectColumn.of(Aggregate.MAX, "x")))
                .groupedBy("g")
                .orderedBy(RowOrder.descending("max_x"))));
    assertEquals(
        List.of("3|7|0.0|3|"),
        select(
            table,
            Select.of(
                List.of(
                    SelectColumn.of(Aggregate.COUNT, "n"),
                    SelectColumn.of(Aggregate.SUM, "n"),
                    SelectColumn.of(Aggregate.MIN, "x"),
                    SelectColumn.of(Aggregate.MAJORITY, "n")))));
    assertEquals(
        List.of("0|nil|0|"),
        select(
            table(),
            Select.of(
                List.of(
                    SelectColumn.countOfRows(),
                    SelectColumn.of(Aggregate.STD, "x"),
                    SelectColumn.of(Aggregate.COUNT_DISTINCT, "g")))));
    assertEquals(
        List.of(), select(table(), Select.of(List.of(SelectColumn.countOfRows())).groupedBy("g")));
  }

  @Test
  void meansAndDeviationsAreAccurate() {
    Random random = Seeds.random("meansAndDeviationsAreAccurate");
    for (int run = 0; run < 50; run++) {
      double offset = random.nextGaussian() * Math.pow(10, random.nextInt(8));
      Rows.Builder table = new Rows.Builder(TABLE.subList(1, 2));
      List<BigDecimal> exact = new ArrayList<>();
      for (int i = 1 + random.nextInt(100); i > 0; i--) {
        double x = offset + random.nextGaussian();
        exact.add(new BigDecimal(x));
        table.add(List.of(Optional.of(new DoubleValue(x))));
      }
      BigDecimal n = BigDecimal.valueOf(exact.size());
      BigDecimal mean = exact.stream().reduce(BigDecimal.ZERO, BigDecimal::add).divide(n, EXACT);
      BigDecimal variance =
          exact.stream()
              .map(x -> x.subtract(mean).pow(2))
              .reduce(BigDecimal.ZERO, BigDecimal::add)
              .divide(n, EXACT);
      String[] found =
          select(
                  table.build(),
                  Select.of(
                      List.of(
                          SelectColumn.of(Aggregate.MEAN, "x"),
                          SelectColumn.of(Aggregate.STD, "x"))))
              .get(0)
              .split("\\|");
      assertEquals(
          mean.doubleValue(), Double.parseDouble(found[0]), 2 * Math.ulp(mean.doubleValue()));
      double std = Math.sqrt(variance.doubleValue());
      assertEquals(std, Double.parseDouble(found[1]), 1e-14 * std + 1e-300);
    }
  }

  @Test
  void numbersOutOfRangeAreMetOnlyWhereTheResultIs() {
    double most = Double.MAX_VALUE;
    Rows table = table("a", most, null, "a", most, null);
    assertEquals(
        List.of(most + "|0.0|" + most + "|"),
        select(
            table,
            Select.of(
                List.of(
                    SelectColumn.of(Aggregate.MEAN, "x"),
                    SelectColumn.of(Aggregate.STD, "x"),
                    SelectColumn.of(Aggregate.MEDIAN, "x")))));
    assertRule(
        Rule.OVERFLOW,
        () -> select(table, Select.of(List.of(SelectColumn.of(Aggregate.SUM, "x")))));
  }

  @Test
  void heldValuesAreLimited() {
    assertHolds(number -> SelectColumn.of("n").as("n" + number));
    assertHolds(number -> SelectColumn.of(Aggregate.MEDIAN, "n").as("n" + number));
  }

  @Test
  void longTextsCountMore() {
    Optional<AttributeValue> text = Optional.of(new TextValue("x".repeat(Attributes.MAX_TEXT)));
    int most = RowCollector.MAX_VALUES / (1 + Attributes.MAX_TEXT / 16);
    Select texts = Select.columns("g").limit(Integer.MAX_VALUE);
    RowCollector kept = RowCollector.of(BoundSelect.of(texts, TABLE));
    Select ordered = texts.orderedBy(RowOrder.ascending("g")).limit(most - 9);
    RowCollector dropped = RowCollector.of(BoundSelect.of(ordered, TABLE));
    for (int i = 0; i < most; i++) {
      kept.add(name -> text);
      dropped.add(name -> text);
    }
    assertRule(Rule.LIMIT, () -> kept.add(name -> text));
    dropped.add(name -> text);
    assertEquals(most - 9, dropped.rows().size());
    RowCollector least =
        RowCollector.of(
            BoundSelect.of(Select.of(List.of(SelectColumn.of(Aggregate.MIN, "g"))), TABLE));
    for (int i = 0; i < 2 * most; i++) {
      least.add(name -> text);
    }
    assertEquals(1, least.rows().size());
  }

  private static void assertHolds(IntFunction<SelectColumn> column) {
    int columns = Select.MAX_COLUMNS;
    Select select =
        Select.of(IntStream.range(0, columns).mapToObj(column).toList())
            .orderedBy(RowOrder.ascending("n7"))
            .limit(Integer.MAX_VALUE);
    RowCollector collector = RowCollector.of(BoundSelect.of(select, TABLE));
    Optional<AttributeValue> one = Optional.of(new LongValue(1));
    int most = RowCollector.MAX_VALUES / columns;
    for (int i = 0; i < most - 10; i++) {
      collector.add(name -> one);
    }
    assertRule(
        Rule.LIMIT,
        () -> {
          for (int i = 0; i < 20; i++) {
            collector.add(name -> one);
          }
        });
  }
}
