package dev.vantage.tsdb.language;

import dev.vantage.tsdb.series.SeriesIds;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares values as {@code =} and {@code <} do: numbers exactly across long and double, texts by
 * code point. Counts a step for each part, since values can share parts. Thread-safe.
 */
final class Comparing {
  private static final double TWO_TO_63 = 0x1p63;

  /** An odd number near 2^64 divided by the golden ratio. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private Comparing() {}

  /** Compares two numbers exactly. */
  static int numbers(Value one, Value other) {
    if (one instanceof Value.LongNumber a) {
      return other instanceof Value.LongNumber b
          ? Long.compare(a.value(), b.value())
          : mixed(a.value(), ((Value.DoubleNumber) other).value());
    }
    double a = ((Value.DoubleNumber) one).value();
    return other instanceof Value.LongNumber b
        ? -mixed(b.value(), a)
        : doubles(a, ((Value.DoubleNumber) other).value());
  }

  private static int doubles(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0; // -0.0 equals 0.0
  }

  private static int mixed(long a, double b) {
    if (b >= TWO_TO_63) {
      return -1;
    } else if (b < -TWO_TO_63) {
      return 1;
    }
    long whole = (long) b;
    return a != whole ? Long.compare(a, whole) : doubles(0, b - whole);
  }

  static boolean isNumber(Value value) {
    return value instanceof Value.LongNumber || value instanceof Value.DoubleNumber;
  }

  /** Compares two numbers, texts, timestamps or booleans; empty for any other two values. */
  static Optional<Integer> order(Value one, Value other) {
    if (isNumber(one) && isNumber(other)) {
      return Optional.of(numbers(one, other));
    } else if (one instanceof Value.Text a && other instanceof Value.Text b) {
      return Optional.of(SeriesIds.ORDER.compare(a.value(), b.value()));
    } else if (one instanceof Value.Moment a && other instanceof Value.Moment b) {
      return Optional.of(a.value().compareTo(b.value()));
    } else if (one instanceof Value.Bool a && other instanceof Value.Bool b) {
      return Optional.of(a.compareTo(b));
    }
    return Optional.empty();
  }

  static boolean equal(Value one, Value other, Meter meter) {
    meter.step();
    if (isNumber(one) && isNumber(other)) {
      return numbers(one, other) == 0;
    } else if (one instanceof Value.ListValue a && other instanceof Value.ListValue b) {
      return items(a.items(), b.items(), meter);
    } else if (one instanceof Value.RecordValue a && other instanceof Value.RecordValue b) {
      return fields(a.fields(), b.fields(), meter);
    } else if (one instanceof Table a && other instanceof Table b) {
      return tables(a, b, meter);
    } else if (one instanceof Value.SeriesValue a) {
      meter.steps(a.series().size());
    } else if (one instanceof Value.Text a) {
      meter.steps(a.value().length() / Meter.ELEMENT);
    }
    return one.equals(other);
  }

  private static boolean items(List<Value> one, List<Value> other, Meter meter) {
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<Value> others = other.iterator();
    for (Value item : one) {
      if (!equal(item, others.next(), meter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fields(Map<String, Value> one, Map<String, Value> other, Meter meter) {
    if (!one.keySet().equals(other.keySet())) {
      return false;
    }
    for (Map.Entry<String, Value> field : one.entrySet()) {
      if (!equal(field.getValue(), other.getOrDefault(field.getKey(), Value.Nil.NIL), meter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean tables(Table one, Table other, Meter meter) {
    if (!one.names().equals(other.names()) || one.rows().size() != other.rows().size()) {
      return false;
    }
    for (int i = 0; i < one.rows().size(); i++) {
      if (!items(one.rows().get(i), other.rows().get(i), meter)) {
        return false;
      }
    }
    return true;
  }

  /** Spreads longs, so that regular ones do not get the same hash. */
  private static int mixed(long number) {
    return Long.hashCode(number * GOLDEN_RATIO);
  }

  /** Returns a number that is the same for equal values. */
  static int hash(Value value, Meter meter) {
    meter.step();
    if (value instanceof Value.DoubleNumber number) {
      long whole = (long) number.value();
      boolean isWhole = whole == number.value() && whole != Long.MAX_VALUE;
      return isWhole ? mixed(whole) : Double.hashCode(number.value());
    } else if (value instanceof Value.LongNumber number) {
      return mixed(number.value());
    } else if (value instanceof Value.ListValue list) {
      int hash = 1;
      for (Value item : list.items()) {
        hash = 31 * hash + hash(item, meter);
      }
      return hash;
    } else if (value instanceof Value.RecordValue record) {
      int hash = 0;
      for (Map.Entry<String, Value> field : record.fields().entrySet()) {
        hash += field.getKey().hashCode() ^ hash(field.getValue(), meter);
      }
      return hash;
    } else if (value instanceof Table table) {
      return 31 * table.names().hashCode() + table.rows().size();
    } else if (value instanceof Value.SeriesValue series) {
      meter.steps(series.series().size());
    } else if (value instanceof Value.Text text) {
      meter.steps(text.value().length() / Meter.ELEMENT);
    }
    return value.hashCode();
  }

  /**
   * A value as the key of a map, equal to another as {@code =} says. Texts of the same hash have an
   * order, with which a map stays fast.
   */
  static final class Key implements Comparable<Key> {
    private final Value value;
    private final int hash;
    private final Meter meter;

    Key(Value value, Meter meter) {
      this.value = value;
      this.hash = hash(value, meter);
      this.meter = meter;
    }

    Value value() {
      return value;
    }

    @Override
    public int compareTo(Key other) {
      boolean isText = value instanceof Value.Text && other.value instanceof Value.Text;
      return isText ? order(value, other.value).orElse(0) : 0;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && hash == that.hash && equal(value, that.value, meter);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
