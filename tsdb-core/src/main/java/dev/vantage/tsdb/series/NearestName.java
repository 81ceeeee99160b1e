package dev.vantage.tsdb.series;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the known names most similar to a mistyped one, by their edit distance: the number of
 * insertions, deletions and replacements of chars. Case does not count. Thread-safe. Cost: at most
 * 1000 names are compared, and none with a name of more than 60 chars.
 */
public final class NearestName {
  private static final int CHARS_PER_EDIT = 3;

  private static final int MAX_CHARS = 60;

  private static final int MAX_KNOWN = 1000;

  private NearestName() {}

  /**
   * Finds the name that a mistyped one most likely means.
   *
   * @param name the mistyped name
   * @param known the names that exist
   * @return the known name of the least distance, if that is at most one edit per three chars; the
   *     first of equally distant names
   */
  public static Optional<String> of(String name, Collection<String> known) {
    Objects.requireNonNull(name, "name");
    return within(name.length() / CHARS_PER_EDIT, name, known).stream().findFirst();
  }

  /**
   * Finds all names within a distance.
   *
   * @param edits the greatest distance, in edits
   * @param name the mistyped name
   * @param known the names that exist
   * @return the known names within the distance, nearest first; equally distant names in their
   *     order
   */
  public static List<String> within(int edits, String name, Collection<String> known) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(known, "known");
    if (name.length() > MAX_CHARS) {
      return List.of();
    }
    record Candidate(String name, int edits) {}
    List<Candidate> found = new ArrayList<>();
    for (String one : known.stream().limit(MAX_KNOWN).toList()) {
      if (Math.abs(one.length() - name.length()) <= edits) {
        int distance = edits(folded(name), folded(one));
        if (distance <= edits) {
          found.add(new Candidate(one, distance));
        }
      }
    }
    found.sort(Comparator.comparingInt(Candidate::edits));
    return found.stream().map(Candidate::name).toList();
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[to.length()];
  }
}
