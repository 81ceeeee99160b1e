package dev.vantage.tsdb.search;

import dev.vantage.tsdb.condition.DoubleFilter;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.LongFilter;
import dev.vantage.tsdb.condition.TextFilter;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.LiveOrdinals;
import dev.vantage.tsdb.index.SeriesDirectory;
import dev.vantage.tsdb.index.column.AttributeTable;
import dev.vantage.tsdb.index.column.AttributeValues;
import dev.vantage.tsdb.index.column.DoubleValues;
import dev.vantage.tsdb.index.column.LongValues;
import dev.vantage.tsdb.index.column.Pages;
import dev.vantage.tsdb.index.column.TextValues;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.AttributeTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The series of a state that pass a filter, one bit per series. Filters are applied chunk by chunk
 * to the columns; each operand is applied only to the series that earlier operands left undecided.
 * Cost: about one nanosecond per series and test of a number, or of a string with few distinct
 * values.
 */
final class Selection {
  /**
   * The duration in nanoseconds from which a selection would occupy the pool's threads too long.
   */
  private static final long COSTLY = 50_000_000;

  private static final int COST_OF_TEXT = 16;

  private static final int CHUNK_WORDS = Pages.CHUNK / Long.SIZE;

  private final SeriesDirectory directory;
  private final AttributeTable table;
  private final Runnable checkpoint;

  private Selection(SeriesDirectory directory, AttributeTable table, Runnable checkpoint) {
    this.directory = directory;
    this.table = table;
    this.checkpoint = checkpoint;
  }

  /**
   * Selects the live series of a state that pass a filter.
   *
   * @param state the state, which has attributes
   * @param checkpoint run before each test of a chunk and between texts, on any thread of the pool;
   *     an exception of it ends the selection
   */
  static LiveOrdinals of(Filter filter, IndexState state, Coprocessor pool, Runnable checkpoint) {
    Selection selection =
        new Selection(state.directory(), state.attributes().orElseThrow(), checkpoint);
    Test test = selection.test(filter);
    long[] words = state.live().words();
    int chunks = (words.length + CHUNK_WORDS - 1) / CHUNK_WORDS;
    Coprocessor.RangeTask keeping =
        (from, to) -> {
          for (int chunk = from; chunk < to; chunk++) {
            int first = chunk * CHUNK_WORDS;
            int end = Math.min(words.length, first + CHUNK_WORDS);
            long[] mask = Arrays.copyOfRange(words, first, end);
            test.keep(mask, chunk);
            System.arraycopy(mask, 0, words, first, mask.length);
          }
        };
    if (isCostly(filter, state)) {
      keeping.run(0, chunks);
    } else {
      pool.forEach(chunks, 4, keeping);
    }
    return LiveOrdinals.of(words, state.live().end());
  }

  /** Whether selecting would keep the threads of the pool from the searches of others. */
  static boolean isCostly(Filter filter, IndexState state) {
    return cost(filter, state.attributes().orElseThrow()) * state.live().count() > COSTLY;
  }

  /** About how many nanoseconds each series costs. */
  private static long cost(Filter filter, AttributeTable table) {
    if (filter instanceof Filter.And and) {
      return and.operands().stream().mapToLong(operand -> cost(operand, table)).sum();
    } else if (filter instanceof Filter.Or or) {
      return or.operands().stream().mapToLong(operand -> cost(operand, table)).sum();
    } else if (filter instanceof TextFilter test) {
      return COST_OF_TEXT
          + table
              .column(test.attribute())
              .map(column -> ((TextValues) column).meanCharacters())
              .orElse(0L);
    }
    return 1;
  }

  /** Clears the bits of a chunk's series that fail. Thread-safe. */
  private interface Test {
    void keep(long[] mask, int chunk);
  }

  private Test test(Filter filter) {
    Test test = testOf(filter);
    return (mask, chunk) -> {
      checkpoint.run();
      test.keep(mask, chunk);
    };
  }

  private Test testOf(Filter filter) {
    if (filter instanceof Filter.And and) {
      return all(and.operands().stream().map(this::test).toList());
    } else if (filter instanceof Filter.Or or) {
      return any(or.operands().stream().map(this::test).toList());
    } else if (filter instanceof Filter.Constant constant) {
      return constant(constant.value());
    } else if (filter instanceof Filter.NullTest test) {
      return nullTest(test);
    } else if (filter instanceof DoubleFilter test) {
      return doubleTest(test);
    } else if (filter instanceof LongFilter test) {
      return longTest(test);
    } else if (filter instanceof TextFilter test) {
      return textTest(test);
    }
    throw new AssertionError(filter);
  }

  private static Test constant(boolean value) {
    return (mask, chunk) -> {
      if (!value) {
        Arrays.fill(mask, 0);
      }
    };
  }

  private static Test all(List<Test> tests) {
    return (mask, chunk) -> tests.forEach(test -> test.keep(mask, chunk));
  }

  private static Test any(List<Test> tests) {
    return (mask, chunk) -> {
      long[] open = mask.clone();
      for (Test test : tests) {
        long[] kept = open.clone();
        test.keep(kept, chunk);
        for (int word = 0; word < open.length; word++) {
          open[word] &= ~kept[word];
        }
      }
      for (int word = 0; word < mask.length; word++) {
        mask[word] &= ~open[word];
      }
    };
  }

  /** Tests ordinals one by one. */
  private void keep(long[] mask, int chunk, IntPredicate accepted) {
    int first = chunk * Pages.CHUNK;
    for (int word = 0; word < mask.length; word++) {
      checkpoint.run();
      for (long rest = mask[word]; rest != 0; rest &= rest - 1) {
        int bit = Long.numberOfTrailingZeros(rest);
        if (!accepted.test(first + word * Long.SIZE + bit)) {
          mask[word] &= ~(1L << bit);
        }
      }
    }
  }

  private Test nullTest(Filter.NullTest test) {
    Optional<AttributeValues> column = table.column(test.attribute());
    if (test.attribute().equals(AttributeTypes.ID) || column.isEmpty()) {
      return constant(test.attribute().equals(AttributeTypes.ID) == test.negated());
    }
    AttributeValues values = column.get();
    return (mask, chunk) -> keep(mask, chunk, o -> values.has(o) == test.negated());
  }

  private Test doubleTest(DoubleFilter test) {
    Optional<AttributeValues> column = table.column(test.attribute());
    if (column.isEmpty()) {
      return constant(false);
    }
    DoubleValues values = (DoubleValues) column.get();
    return (mask, chunk) -> values.keep(test, chunk, mask);
  }

  private Test longTest(LongFilter test) {
    Optional<AttributeValues> column = table.column(test.attribute());
    if (column.isEmpty()) {
      return constant(false);
    }
    LongValues values = (LongValues) column.get();
    return (mask, chunk) -> values.keep(test, chunk, mask);
  }

  private Test textTest(TextFilter test) {
    if (test.attribute().equals(AttributeTypes.ID)) {
      return (mask, chunk) -> keep(mask, chunk, ordinal -> test.test(directory.id(ordinal)));
    }
    Optional<AttributeValues> column = table.column(test.attribute());
    if (column.isEmpty()) {
      return constant(false);
    }
    TextValues values = (TextValues) column.get();
    IntPredicate accepted = values.accepted(test, checkpoint);
    return (mask, chunk) -> values.keep(accepted, chunk, mask, checkpoint);
  }
}
