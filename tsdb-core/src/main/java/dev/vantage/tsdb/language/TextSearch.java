package dev.vantage.tsdb.language;

/**
 * Looks for a text in others, in a time proportional to their length. Immutable. Source: D. Knuth,
 * J. Morris, V. Pratt, "Fast pattern matching in strings", SIAM J. Comput. 6 (1977),
 * doi:10.1137/0206024.
 */
final class TextSearch {
  private final String wanted;

  /** For each length, that of the longest proper prefix of so many chars that ends them, too. */
  private final int[] borders;

  TextSearch(String wanted) {
    this.wanted = wanted;
    this.borders = new int[wanted.length() + 1];
    borders[0] = -1;
    int border = -1;
    for (int length = 1; length <= wanted.length(); length++) {
      while (border >= 0 && wanted.charAt(border) != wanted.charAt(length - 1)) {
        border = borders[border];
      }
      borders[length] = ++border;
    }
  }

  /** Returns the place of the first occurrence from a place on, or -1. */
  int indexIn(String text, int from) {
    int matched = 0;
    for (int at = from; matched < wanted.length(); at++) {
      if (at == text.length()) {
        return -1;
      }
      while (matched >= 0 && text.charAt(at) != wanted.charAt(matched)) {
        matched = borders[matched];
      }
      matched++;
      if (matched == wanted.length()) {
        return at + 1 - matched;
      }
    }
    return from; // the empty text is everywhere
  }
}
