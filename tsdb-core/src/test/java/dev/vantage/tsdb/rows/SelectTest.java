package dev.vantage.tsdb.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SelectTest {
  private static final AttributeTypes TYPES =
      AttributeTypes.of(Map.of("band", Type.TEXT, "period", Type.DOUBLE, "n", Type.LONG));
  private static final SelectColumn MEAN = SelectColumn.of(Aggregate.MEAN, "period");

  private static BoundSelect bind(Select select) {
    return BoundSelect.of(select, TYPES);
  }

  private static void refused(Rule rule, String message, Executable call) {
    InvalidSelectException e = assertThrows(InvalidSelectException.class, call);
    assertEquals(message, e.getMessage());
    assertEquals(rule, e.rule());
    assertEquals(Optional.of(rule), Rule.ofLabel(rule.label()));
  }

  @Test
  void columnsHaveNamesAndTypes() {
    assertEquals(
        List.of(
            new TableColumn("band", Type.TEXT),
            new TableColumn("count", Type.LONG),
            new TableColumn("mean_period", Type.DOUBLE),
            new TableColumn("most", Type.LONG),
            new TableColumn("count_distinct_period", Type.LONG),
            new TableColumn("sum_period", Type.DOUBLE)),
        bind(Select.of(
                    List.of(
                        SelectColumn.of("band"),
                        SelectColumn.countOfRows(),
                        MEAN,
                        SelectColumn.of(Aggregate.MAX, "n").as("most"),
                        SelectColumn.of(Aggregate.COUNT_DISTINCT, "period"),
                        SelectColumn.of(Aggregate.SUM, "period")))
                .groupedBy("band"))
            .answer());
    assertEquals(
        List.of("id", "band", "n", "period"),
        bind(Select.all()).answer().stream().map(TableColumn::name).toList());
    assertEquals(
        List.of("lag"),
        BoundSelect.of(Select.all(), List.of(new TableColumn("lag", Type.LONG))).answer().stream()
            .map(TableColumn::name)
            .toList());
    assertEquals(Set.of("period", "band"), Select.of(List.of(MEAN)).groupedBy("band").attributes());
  }

  @Test
  void columnsHaveRules() {
    refused(
        Rule.COLUMNS, "select must have at least 1 column: columns=0", () -> Select.of(List.of()));
    refused(
        Rule.COLUMNS,
        "columns must have different names: name='id'",
        () -> Select.columns("id", "band", "id"));
    refused(
        Rule.COLUMNS,
        "columns must be at most 500: columns=501",
        () -> Select.of(Collections.nCopies(501, MEAN)));
    refused(
        Rule.ATTRIBUTE,
        "attribute must be declared: name='bnd', nearest='band'",
        () -> bind(Select.columns("bnd")));
    refused(
        Rule.ATTRIBUTE,
        "attribute must be declared: name='x'",
        () -> BoundSelect.of(Select.columns("x"), List.of()));
    refused(
        Rule.TYPE,
        "median must be of a number: attribute='band', type=text",
        () -> bind(Select.of(List.of(SelectColumn.of(Aggregate.MEDIAN, "band")))));
    refused(Rule.LIMIT, "limit must be >= 1: limit=0", () -> Select.all().limit(0));
  }

  @Test
  void groupsAndOrdersHaveRules() {
    refused(
        Rule.GROUPING,
        "columns beside aggregates must be grouped by: column='band', grouped by=[]",
        () -> bind(Select.of(List.of(MEAN, SelectColumn.of("band")))));
    refused(
        Rule.GROUPING,
        "columns beside aggregates must be grouped by: column='id', grouped by=['band']",
        () -> bind(Select.all().groupedBy("band")));
    refused(
        Rule.GROUPING,
        "attributes to group by must differ: name='band'",
        () -> Select.of(List.of(MEAN)).groupedBy("band", "band"));
    refused(
        Rule.ATTRIBUTE,
        "attribute must be declared: name='periods', nearest='period'",
        () -> bind(Select.of(List.of(MEAN)).groupedBy("periods")));
    refused(
        Rule.ORDER,
        "order must name a column of the select: name='band'",
        () -> bind(Select.columns("id").orderedBy(RowOrder.ascending("band"))));
    refused(
        Rule.ORDER,
        "order must name a column once: name='id'",
        () ->
            bind(
                Select.columns("id")
                    .orderedBy(RowOrder.ascending("id"), RowOrder.descending("id"))));
  }

  @Test
  void isAValue() {
    Select select =
        Select.columns("id", "period")
            .where("band = 'g'")
            .orderedBy(RowOrder.descending("period"))
            .limit(5);
    Select same =
        Select.columns("id", "period")
            .limit(5)
            .orderedBy(List.of(RowOrder.descending("period")))
            .where(Condition.parse("'g' = band"));
    assertEquals(select, same);
    assertEquals(select.hashCode(), same.hashCode());
    assertNotEquals(select, select.limit(6));
    assertNotEquals(select, select.groupedBy("band"));
    assertNotEquals(Select.all(), Select.columns("id"));
    assertEquals(Select.DEFAULT_LIMIT, Select.all().limit());
    assertEquals("select all, limit 1000", Select.all().toString());
  }

  @Test
  void aggregatesHaveWords() {
    for (Aggregate one : Aggregate.values()) {
      assertEquals(Optional.of(one), Aggregate.ofLabel(one.label()));
    }
    assertEquals("count-distinct", Aggregate.COUNT_DISTINCT.label());
  }
}
