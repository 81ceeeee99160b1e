package dev.vantage.tsdb.condition;

import java.util.Locale;
import java.util.Set;

/** The notation of attribute names in conditions. Thread-safe. */
final class Names {
  static final Set<String> KEYWORDS =
      Set.of("and", "or", "not", "between", "in", "like", "escape", "is", "null", "true", "false");

  private Names() {}

  static boolean canBegin(int codePoint) {
    return codePoint == '_' || Character.isLetter(codePoint);
  }

  static boolean canContinue(int codePoint) {
    return codePoint == '_' || codePoint == '.' || Character.isLetterOrDigit(codePoint);
  }

  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Returns a name as a condition writes it: in double quotes only if necessary. */
  static String written(String name) {
    boolean isBare =
        !name.isEmpty()
            && canBegin(name.codePointAt(0))
            && name.codePoints().allMatch(Names::canContinue)
            && !isKeyword(name);
    return isBare ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
