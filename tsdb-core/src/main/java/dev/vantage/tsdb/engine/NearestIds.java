package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.store.StoreReads;
import java.util.List;
import java.util.Optional;

/** Names stored ids that begin like an unknown one. Cost: two look-ups of a few ids in order. */
public final class NearestIds {
  private static final int MOST = 3;
  private static final String SEPARATORS = "._-:/ ";

  private NearestIds() {}

  /**
   * Creates the exception for an unknown id.
   *
   * @param store where the other ids are
   * @param id the unknown id
   * @return the exception, which names up to three ids that begin with the unknown one or, if there
   *     is none, with its part before the last separator
   */
  public static UnknownIdException unknown(StoreReads store, String id) {
    return new UnknownIdException("no series has this id: id=" + id + nearest(store, id));
  }

  private static String nearest(StoreReads store, String id) {
    try {
      List<String> found = beginningWith(store, id);
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

  private static int lastSeparator(String id) {
    int last = id.length() - 1;
    while (last > 0 && SEPARATORS.indexOf(id.charAt(last)) < 0) {
      last--;
    }
    return last;
  }
}
