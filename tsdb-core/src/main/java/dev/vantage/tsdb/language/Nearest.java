package dev.vantage.tsdb.language;

import dev.vantage.tsdb.series.NearestName;
import java.util.Collection;
import java.util.Optional;

/** Finds the name that a mistyped one probably means. Thread-safe. */
final class Nearest {
  private Nearest() {}

  static Optional<String> of(String name, Collection<String> known) {
    return NearestName.of(name, known);
  }

  /** Finds a keyword. Its colon counts as a char, so that short keywords are found, too. */
  static Optional<String> keyword(Value.Keyword keyword, Collection<String> known) {
    return NearestName.of(":" + keyword.name(), known.stream().map(name -> ":" + name).toList());
  }
}
