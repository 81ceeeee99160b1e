package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.column.AttributeTable;
import dev.vantage.tsdb.series.AttributeValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the attributes of all series into an index. Not thread-safe. Attributes are needed only for
 * searches with a filter or with selected attributes. No update may be in progress.
 */
public final class AttributeLoad {
  private final VantageIndex index;
  private final IndexState base;
  private final int[] ordinals;
  private final KeyMap numbers;
  private final AttributeTable table = new AttributeTable();

  /**
   * Begins to load the attributes of all series. Only one change may be in progress.
   *
   * @param index the index; searches see the attributes only after {@link #publish}
   */
  public AttributeLoad(VantageIndex index) {
    this.index = index;
    base = index.state();
    ordinals = base.live().toArray();
    numbers = new KeyMap(Arrays.stream(ordinals).mapToLong(base.directory()::key).toArray());
  }

  /**
   * Gives a series its attributes.
   *
   * @param storageKey its key in the storage
   * @param values the values by name, each of the type that all others of that name have
   * @throws IllegalArgumentException if no series has this key
   */
  public void set(long storageKey, Map<String, AttributeValue> values) {
    int number = numbers.find(storageKey);
    if (number < 0) {
      throw new IllegalArgumentException(
          "attributes must be those of a series: storage key=" + storageKey);
    }
    table.fill(ordinals[number], values);
  }

  /** Makes the attributes visible to searches. */
  public void publish() {
    index.publish(base.with(Optional.of(table)), () -> {}, () -> {});
  }
}
