package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.condition.Row;
import dev.vantage.tsdb.series.AttributeValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the first rows of a select without groups. Rows that the order leaves equal keep the
 * order in which they were added. Holds at most twice as many rows as the limit allows.
 */
final class FirstRows implements RowCollector {
  /** Lists shorter than this are not cut before the end. */
  private static final int LEAST_CUT = 1024;

  private final BoundSelect select;
  private final List<String> attributes;
  private final int limit;
  private final Comparator<@Nullable AttributeValue[]> order;
  private final HeldValues held = new HeldValues();
  private List<@Nullable AttributeValue[]> rows = new ArrayList<>();

  FirstRows(BoundSelect select) {
    this.select = select;
    attributes =
        select.columns().stream()
            .map(column -> ((SelectColumn.OfAttribute) column).attribute())
            .toList();
    limit = select.select().limit();
    order = new AnswerOrder(select);
  }

  @Override
  public void add(Row row) {
    Objects.requireNonNull(row, "row");
    if (isComplete()) {
      return;
    }
    @Nullable AttributeValue[] values = new @Nullable AttributeValue[attributes.size()];
    for (int place = 0; place < values.length; place++) {
      values[place] = CellValues.get(row, attributes.get(place));
    }
    long cost = HeldValues.cost(values);
    if (!held.hasRoom(cost)) {
      cut();
    }
    held.take(cost);
    rows.add(values);
    if (rows.size() >= Math.max(LEAST_CUT, 2L * limit)) {
      cut();
    }
  }

  /** Drops the rows beyond the limit. */
  private void cut() {
    rows.sort(order);
    if (rows.size() > limit) {
      rows.subList(limit, rows.size()).forEach(row -> held.release(HeldValues.cost(row)));
      rows = new ArrayList<>(rows.subList(0, limit));
    }
  }

  @Override
  public boolean isComplete() {
    return select.select().orders().isEmpty() && rows.size() >= limit;
  }

  @Override
  public Rows rows() {
    cut();
    Rows.Builder answer = new Rows.Builder(select.answer());
    rows.forEach(answer::addOwn);
    return answer.build();
  }
}
