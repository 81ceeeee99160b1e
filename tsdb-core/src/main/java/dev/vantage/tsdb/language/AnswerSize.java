package dev.vantage.tsdb.language;

import java.util.Collection;
import java.util.IdentityHashMap;

/**
 * Counts the values in an answer as it is written out, where a part that is shared counts each
 * time. Takes a time proportional to what is stored. Not thread-safe.
 */
final class AnswerSize {
  private final IdentityHashMap<Value, Long> known = new IdentityHashMap<>();

  /** Returns the count, or the greatest long if it is larger. */
  static long of(Value value) {
    return new AnswerSize().count(value);
  }

  private long count(Value value) {
    if (value instanceof Value.ListValue list) {
      return known(value, list.items());
    }
    return value instanceof Value.RecordValue record ? known(value, record.fields().values()) : 1;
  }

  private long known(Value whole, Collection<Value> parts) {
    Long before = known.get(whole);
    if (before != null) {
      return before;
    }
    long count = 1;
    for (Value part : parts) {
      long more = count(part);
      count = more > Long.MAX_VALUE - count ? Long.MAX_VALUE : count + more;
    }
    known.put(whole, count);
    return count;
  }
}
