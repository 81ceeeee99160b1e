package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the values of one attribute in one group. Not thread-safe. */
interface Accumulator {

  /** Adds the next value, which is not missing. */
  void add(AttributeValue value);

  /** Returns the aggregate of the values so far, or null if it has no value. */
  @Nullable AttributeValue result();

  /**
   * Returns an accumulator without values.
   *
   * @param type the type of the attribute
   */
  static Accumulator of(Aggregate aggregate, Type type, HeldValues held) {
    return switch (aggregate) {
      case COUNT -> new Counter();
      case COUNT_DISTINCT, MAJORITY -> new Tally(aggregate, held);
      case MIN, MAX -> new Extreme(aggregate, held);
      case SUM, MEAN -> type == Type.LONG ? new LongMoments(aggregate) : new DoubleSum(aggregate);
      case STD -> type == Type.LONG ? new LongMoments(aggregate) : new HeldNumbers(aggregate, held);
      case MEDIAN -> new HeldNumbers(aggregate, held);
    };
  }

  /** The number of values. */
  final class Counter implements Accumulator {
    private long count;

    @Override
    public void add(AttributeValue value) {
      count++;
    }

    @Override
    public AttributeValue result() {
      return new LongValue(count);
    }
  }

  /** The least or the greatest value. */
  final class Extreme implements Accumulator {
    private final Aggregate aggregate;
    private final HeldValues held;
    private @Nullable AttributeValue best;

    Extreme(Aggregate aggregate, HeldValues held) {
      this.aggregate = aggregate;
      this.held = held;
    }

    @Override
    public void add(AttributeValue value) {
      if (best == null || isBetter(value, best)) {
        held.release(HeldValues.cost(best));
        held.take(HeldValues.cost(value));
        best = value;
      }
    }

    private boolean isBetter(AttributeValue value, AttributeValue than) {
      int order = CellValues.ASCENDING.compare(value, than);
      return aggregate == Aggregate.MIN ? order < 0 : order > 0;
    }

    @Override
    public @Nullable AttributeValue result() {
      return best;
    }
  }

  /** How often each value occurs, in the order of their first occurrence. */
  final class Tally implements Accumulator {
    private final Aggregate aggregate;
    private final HeldValues held;
    private final Map<AttributeValue, Long> counts = new LinkedHashMap<>();

    Tally(Aggregate aggregate, HeldValues held) {
      this.aggregate = aggregate;
      this.held = held;
    }

    @Override
    public void add(AttributeValue value) {
      if (counts.merge(value, 1L, Long::sum) == 1) {
        held.take(HeldValues.cost(value));
      }
    }

    @Override
    public @Nullable AttributeValue result() {
      return aggregate == Aggregate.COUNT_DISTINCT ? new LongValue(counts.size()) : majority();
    }

    private @Nullable AttributeValue majority() {
      AttributeValue best = null;
      long most = 0;
      for (Map.Entry<AttributeValue, Long> one : counts.entrySet()) {
        if (one.getValue() > most) {
          best = one.getKey();
          most = one.getValue();
        }
      }
      return best;
    }
  }
}
