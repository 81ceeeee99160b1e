package dev.vantage.tsdb.search;

import dev.vantage.tsdb.index.LiveOrdinals;
import dev.vantage.tsdb.index.SeriesDirectory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The first ids of a set of series, in a heap with the greatest id on top, which a smaller id
 * replaces. Not thread-safe.
 */
final class IdListing {
  /** The number of ordinals examined between two runs of the checkpoint. */
  private static final int ORDINALS_AT_ONCE = 4096;

  private final SeriesDirectory directory;
  private final int[] heap;
  private int size;

  private IdListing(SeriesDirectory directory, int most) {
    this.directory = directory;
    heap = new int[most];
  }

  /** Returns the first ids of a set after a given id, in order. */
  static List<String> of(
      SeriesDirectory directory, LiveOrdinals set, String after, int limit, Runnable checkpoint) {
    IdListing listing = new IdListing(directory, Math.min(limit, set.count()));
    forEach(directory, set, after, checkpoint, listing::offer);
    return listing.ids(checkpoint);
  }

  /** Returns the number of ids of a set after a given id. */
  static int count(SeriesDirectory directory, LiveOrdinals set, String after, Runnable checkpoint) {
    int[] count = {0};
    forEach(directory, set, after, checkpoint, ordinal -> count[0]++);
    return count[0];
  }

  /** Visits the ordinals of a set whose ids are after a given id. */
  private static void forEach(
      SeriesDirectory directory,
      LiveOrdinals set,
      String after,
      Runnable checkpoint,
      IntConsumer visitor) {
    byte[] bound = after.getBytes(StandardCharsets.UTF_8);
    int seen = 0;
    for (int ordinal = set.next(0); ordinal < set.end(); ordinal = set.next(ordinal + 1)) {
      if (seen++ % ORDINALS_AT_ONCE == 0) {
        checkpoint.run();
      }
      if (directory.isAfter(ordinal, bound)) {
        visitor.accept(ordinal);
      }
    }
  }

  private void offer(int ordinal) {
    if (size < heap.length) {
      heap[size++] = ordinal;
      if (size == heap.length) {
        for (int place = size / 2 - 1; place >= 0; place--) {
          sink(heap[place], place, size);
        }
      }
    } else if (directory.compareIds(ordinal, heap[0]) < 0) {
      sink(ordinal, 0, size);
    }
  }

  /** Puts an ordinal into the heap, at a place or below it. */
  private void sink(int ordinal, int from, int end) {
    int place = from;
    for (int child = 2 * place + 1; child < end; child = 2 * place + 1) {
      if (child + 1 < end && directory.compareIds(heap[child + 1], heap[child]) > 0) {
        child++;
      }
      if (directory.compareIds(ordinal, heap[child]) >= 0) {
        break;
      }
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = ordinal;
  }

  /** Empties the heap from its greatest id down to its least. */
  private List<String> ids(Runnable checkpoint) {
    if (size < heap.length) {
      for (int place = size / 2 - 1; place >= 0; place--) {
        sink(heap[place], place, size);
      }
    }
    for (int end = size - 1; end > 0; end--) {
      if (end % ORDINALS_AT_ONCE == 0) {
        checkpoint.run();
      }
      int greatest = heap[0];
      sink(heap[end], 0, end);
      heap[end] = greatest;
    }
    List<String> ids = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ids.add(directory.id(heap[i]));
    }
    return ids;
  }
}
