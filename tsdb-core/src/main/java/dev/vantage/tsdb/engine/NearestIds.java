package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.series.NearestName;
import dev.vantage.tsdb.store.StoreReads;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Names stored ids that are like an unknown one. Cost: look-ups of at most 1000 ids in order, of
 * which the first 500 and the 500 around the unknown id are compared with it.
 */
public final class NearestIds {
  private static final int MOST = 3;
  private static final int COMPARED = 500;

  /** Ids of fewer chars are not compared: each would be near to most others. */
  private static final int SHORTEST = 3;

  /** Ids of fewer chars may differ by one edit, others by two. */
  private static final int LONG = 6;

  private static final String SEPARATORS = "._-:/ ";

  private NearestIds() {}

  /**
   * Creates the exception for an unknown id.
   *
   * @param store where the other ids are
   * @param id the unknown id
   * @return the exception, which names up to three ids that begin with the unknown one, or else
   *     differ from it by one or two chars, or else begin with its part before the last separator
   */
  public static UnknownIdException unknown(StoreReads store, String id) {
    return new UnknownIdException("no series has this id: id=" + id + nearest(store, id));
  }

  private static String nearest(StoreReads store, String id) {
    try {
      List<String> found = beginningWith(store, id);
      if (found.isEmpty()) {
        found = fewEditsFrom(store, id);
      }
      int end = found.isEmpty() ? lastSeparator(id) : 0;
      if (end > 0) {
        found = beginningWith(store, id.substring(0, end));
      }
      return found.isEmpty() ? "" : ", nearest=" + String.join(" ", found);
    } catch (RuntimeException e) {
      return ""; // the unknown id is the failure to report
    }
  }

  private static List<String> beginningWith(StoreReads store, String start) {
    return store.ids(Optional.empty(), start, MOST).stream()
        .filter(one -> one.startsWith(start))
        .toList();
  }

  private static List<String> fewEditsFrom(StoreReads store, String id) {
    if (id.length() < SHORTEST) {
      return List.of();
    }
    Set<String> compared = new LinkedHashSet<>(store.ids(Optional.empty(), "", COMPARED));
    if (compared.size() == COMPARED) {
      String half =
          id.substring(0, id.offsetByCodePoints(0, id.codePointCount(0, id.length()) / 2));
      // Ids next to the unknown one in order begin like it.
      compared.addAll(store.ids(Optional.empty(), half, COMPARED));
    }
    int edits = id.length() < LONG ? 1 : 2;
    return NearestName.within(edits, id, compared).stream().limit(MOST).toList();
  }

  private static int lastSeparator(String id) {
    int last = id.length() - 1;
    while (last > 0 && SEPARATORS.indexOf(id.charAt(last)) < 0) {
      last--;
    }
    return last;
  }
}
