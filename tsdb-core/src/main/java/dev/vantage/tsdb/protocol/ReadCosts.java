package dev.vantage.tsdb.protocol;

/**
 * What reading a request takes of memory, for each part of it that a client makes large. These are
 * upper bounds in bytes of the heap, taken from a {@link Room} before the part is kept.
 *
 * <p>The worst cases for a byte of a frame: a member of 7 bytes of JSON costs {@link #MEMBER}, so
 * 57 bytes for each, but an object keeps {@link #MAX_MEMBERS}, 4 MB; a number of 2 bytes costs
 * {@link #NUMBER}, so 28 for each; a string 12 for each. What is passed over costs no more than
 * {@link #lexer}.
 */
public final class ReadCosts {
  /** The most chars of a string or a number: of one that is longer, the request is not read. */
  static final int MAX_TOKEN = 1 << 20;

  /** The most chars of the name of a field. */
  static final int MAX_NAME = 1 << 16;

  /** The most members of an object, of those that are kept. */
  public static final int MAX_MEMBERS = 10_000;

  /**
   * For a char of a string: 2 bytes in the copy that joins the parser's buffers, 2 in the string,
   * and 6 where the answer repeats it as an escape; rounded up.
   */
  private static final int CHAR = 12;

  /**
   * For a member of an object: entries of three maps (40 bytes and 8 of a table, each), the name's
   * string (56), and a value as it was sent and as what it stands for (96); rounded up.
   */
  private static final int MEMBER = 400;

  /**
   * For a number of a series: 8 bytes in the array that it is read into and 8 in the series, then
   * copies of both arrays, and an order of the points with the averages of equal ones where the
   * times do not increase (76 for a point, which has two numbers); rounded up.
   */
  private static final int NUMBER = 56;

  private ReadCosts() {}

  /**
   * The parser's own buffers. It holds one token at a time: a string or number that is split over
   * its input takes 2 bytes a char, a name 2 more. A short body fits its usual buffers.
   *
   * @param bodyBytes the length of the body
   * @return the cost in bytes
   */
  public static long lexer(int bodyBytes) {
    return bodyBytes <= FrameReader.FREE_BYTES
        ? 0
        : 2L * Math.min(bodyBytes, MAX_TOKEN) + 4L * Math.min(bodyBytes, MAX_NAME);
  }

  /**
   * A string.
   *
   * @param chars its length
   * @return the cost in bytes
   */
  public static long text(int chars) {
    return (long) CHAR * chars;
  }

  /**
   * A member of an object, without its value.
   *
   * @param nameChars the length of its name
   * @return the cost in bytes
   */
  public static long member(int nameChars) {
    return MEMBER + text(nameChars);
  }

  /**
   * Numbers of a series.
   *
   * @param count how many
   * @return the cost in bytes
   */
  public static long numbers(int count) {
    return (long) NUMBER * count;
  }
}
