package dev.vantage.tsdb.series;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Finds the known name most similar to a mistyped one. Thread-safe. */
public final class NearestName {
  private static final int CHARS_PER_EDIT = 3;

  /** Longer names, in chars, get no suggestion: comparing them would take long. */
  private static final int MAX_CHARS = 60;

  /** The maximum number of names compared, to bound the cost of a suggestion. */
  private static final int MAX_KNOWN = 1000;

  private NearestName() {}

  /**
   * Finds a known name within one edit per three chars, ignoring case.
   *
   * @param name the mistyped name; no name is similar to one of more than {@value #MAX_CHARS} chars
   * @param known the known names, of which the first {@value #MAX_KNOWN} are compared
   * @return the most similar name, the first of several, or empty
   */
  public static Optional<String> of(String name, Collection<String> known) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(known, "known");
    if (name.length() > MAX_CHARS) {
      return Optional.empty();
    }
    int allowed = name.length() / CHARS_PER_EDIT;
    record Candidate(String name, int edits) {}
    return known.stream()
        .limit(MAX_KNOWN)
        .filter(candidate -> Math.abs(candidate.length() - name.length()) <= allowed)
        .map(candidate -> new Candidate(candidate, edits(folded(name), folded(candidate))))
        .filter(candidate -> candidate.edits <= allowed)
        .min(Comparator.comparingInt(Candidate::edits))
        .map(Candidate::name);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Returns how many insertions, deletions and replacements turn one string into the other. */
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
