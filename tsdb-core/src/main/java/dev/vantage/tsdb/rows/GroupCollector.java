package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.series.AttributeValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders the groups of a select whose aggregates are known, and cuts them off at the limit. Not
 * thread-safe. Groups that the order leaves equal are ordered by the attributes that they are
 * grouped by.
 */
public final class GroupCollector {
  private final BoundSelect select;
  private final HeldValues held = new HeldValues();
  private final List<Group> groups = new ArrayList<>();

  /** The attributes that a group has in common, and the values of its row. */
  private record Group(@Nullable AttributeValue[] key, @Nullable AttributeValue[] values) {}

  /**
   * Creates a collector without groups.
   *
   * @param select the select whose groups these are
   */
  public GroupCollector(BoundSelect select) {
    this.select = Objects.requireNonNull(select, "select");
  }

  /**
   * Adds a group.
   *
   * @param key the attributes to group by, in their order, empty where missing
   * @param values the row of the answer, empty where missing
   * @throws InvalidSelectException if there are more than {@link RowCollector#MAX_VALUES} values
   */
  public void add(List<Optional<AttributeValue>> key, List<Optional<AttributeValue>> values) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(values, "values");
    addOwn(array(key), array(values));
  }

  /** Adds a group whose arrays nobody else has, with normal values. */
  void addOwn(@Nullable AttributeValue[] key, @Nullable AttributeValue[] values) {
    held.take(HeldValues.cost(key) + HeldValues.cost(values));
    groups.add(new Group(key, values));
  }

  private static @Nullable AttributeValue[] array(List<Optional<AttributeValue>> values) {
    @Nullable AttributeValue[] array = new @Nullable AttributeValue[values.size()];
    for (int place = 0; place < array.length; place++) {
      array[place] = CellValues.normal(values.get(place).orElse(null));
    }
    return array;
  }

  /** {@return the rows of the groups so far, in order and within the limit} */
  public Rows rows() {
    groups.sort(
        Comparator.comparing(Group::values, new AnswerOrder(select))
            .thenComparing(Group::key, GroupCollector::compareKeys));
    Rows.Builder rows = new Rows.Builder(select.answer());
    groups.stream().limit(select.select().limit()).forEach(one -> rows.addOwn(one.values()));
    return rows.build();
  }

  private static int compareKeys(@Nullable AttributeValue[] one, @Nullable AttributeValue[] other) {
    for (int place = 0; place < one.length; place++) {
      int found = CellValues.compareNullable(one[place], other[place]);
      if (found != 0) {
        return found;
      }
    }
    return 0;
  }

  @Override
  public String toString() {
    return select + ", groups=" + groups.size();
  }
}
