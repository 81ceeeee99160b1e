package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.series.AttributeValue;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of the rows of an answer by the orders of a select. Immutable. */
final class AnswerOrder implements Comparator<@Nullable AttributeValue[]> {
  private final List<RowOrder> orders;
  private final List<Integer> places;

  AnswerOrder(BoundSelect select) {
    orders = select.select().orders();
    places = select.orderedColumns();
  }

  @Override
  public int compare(@Nullable AttributeValue[] one, @Nullable AttributeValue[] other) {
    for (int i = 0; i < orders.size(); i++) {
      int place = places.get(i);
      int found = CellValues.compare(one[place], other[place], orders.get(i));
      if (found != 0) {
        return found;
      }
    }
    return 0;
  }
}
