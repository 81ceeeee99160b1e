package dev.vantage.tsdb.series;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;

/**
 * The rules for ids of series. An id is a string of 1 to 250 bytes of UTF-8 without control
 * characters. Ids are ordered by their code points, which is the order of their UTF-8 bytes.
 * Thread-safe.
 */
public final class SeriesIds {
  /** The maximum length of an id, in bytes of UTF-8. */
  public static final int MAX_BYTES = 250;

  /** The order of ids: by code point. It differs from {@link String#compareTo} beyond U+FFFF. */
  public static final Comparator<String> ORDER = SeriesIds::compareCodePoints;

  private SeriesIds() {}

  /**
   * Checks an id.
   *
   * @param id the string to check
   * @return the same string
   * @throws InvalidIdException if the string breaks a rule
   */
  public static String check(String id) {
    Objects.requireNonNull(id, "id");
    if (id.isEmpty()) {
      throw new InvalidIdException("id must have at least 1 byte: length=0");
    }
    // A char takes at least one byte, so a longer string is refused without being encoded.
    int bytes = id.length() > MAX_BYTES ? id.length() : encodedLength(id);
    if (bytes > MAX_BYTES) {
      throw new InvalidIdException(
          "id must have at most " + MAX_BYTES + " bytes of UTF-8: bytes>=" + bytes);
    }
    id.codePoints()
        .filter(Character::isISOControl)
        .findFirst()
        .ifPresent(
            c -> {
              throw new InvalidIdException(
                  String.format("id must not have control characters: found=U+%04X", c));
            });
    return id;
  }

  private static int encodedLength(String id) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(id)).remaining();
    } catch (CharacterCodingException e) {
      throw new InvalidIdException("id must be valid Unicode: found=an unpaired surrogate");
    }
  }

  private static int compareCodePoints(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothOrNeither = Character.isSurrogate(x) == Character.isSurrogate(y);
        // A surrogate belongs to a code point above every char that is not a surrogate.
        return bothOrNeither ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
