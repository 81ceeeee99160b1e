package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.condition.Row;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the groups of a select, and adds up their aggregates. */
final class Grouping implements RowCollector {
  /** What a group costs beside its values: its key, its lists and its place in the map. */
  private static final int GROUP_COST = 4;

  private final BoundSelect select;
  private final List<String> attributes;
  private final Map<List<@Nullable AttributeValue>, Group> groups = new LinkedHashMap<>();
  private final HeldValues held = new HeldValues();

  Grouping(BoundSelect select) {
    this.select = select;
    attributes = select.select().groups();
    if (attributes.isEmpty()) {
      group(List.of()); // the one row of aggregates, also of nothing
    }
  }

  @Override
  public void add(Row row) {
    Objects.requireNonNull(row, "row");
    @Nullable AttributeValue[] key = new @Nullable AttributeValue[attributes.size()];
    for (int place = 0; place < key.length; place++) {
      key[place] = CellValues.get(row, attributes.get(place));
    }
    group(Arrays.asList(key)).add(row);
  }

  private Group group(List<@Nullable AttributeValue> key) {
    Group found = groups.get(key);
    if (found == null) {
      held.take(GROUP_COST + select.columns().size());
      key.forEach(value -> held.take(HeldValues.cost(value)));
      found = new Group();
      groups.put(key, found);
    }
    return found;
  }

  @Override
  public boolean isComplete() {
    return false;
  }

  @Override
  public Rows rows() {
    GroupCollector finished = new GroupCollector(select);
    groups.forEach(
        (key, group) -> finished.addOwn(key.toArray(AttributeValue[]::new), group.values(key)));
    return finished.rows();
  }

  /** The rows of one group, which have the same key. */
  private final class Group {
    private final List<Optional<Accumulator>> accumulators = new ArrayList<>();
    private long count;

    Group() {
      for (int place = 0; place < select.columns().size(); place++) {
        accumulators.add(
            select.columns().get(place) instanceof SelectColumn.OfAggregate one
                ? Optional.of(
                    Accumulator.of(one.aggregate(), select.attributeTypes().get(place), held))
                : Optional.empty());
      }
    }

    void add(Row row) {
      count++;
      for (int place = 0; place < accumulators.size(); place++) {
        if (select.columns().get(place) instanceof SelectColumn.OfAggregate one) {
          AttributeValue value = CellValues.get(row, one.attribute());
          if (value != null) {
            accumulators.get(place).orElseThrow().add(value);
          }
        }
      }
    }

    @Nullable AttributeValue[] values(List<@Nullable AttributeValue> key) {
      @Nullable AttributeValue[] values = new @Nullable AttributeValue[accumulators.size()];
      for (int place = 0; place < values.length; place++) {
        values[place] =
            select.columns().get(place) instanceof SelectColumn.OfAttribute one
                ? key.get(attributes.indexOf(one.attribute()))
                : aggregate(place);
      }
      return values;
    }

    private @Nullable AttributeValue aggregate(int place) {
      return accumulators.get(place).isPresent()
          ? CellValues.normal(accumulators.get(place).get().result())
          : new LongValue(count);
    }
  }
}
