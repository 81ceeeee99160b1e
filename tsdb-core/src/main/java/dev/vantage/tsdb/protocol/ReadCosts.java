package dev.vantage.tsdb.protocol;

/**
 * The memory that reading a request takes, for each part that a client can make large. All costs
 * are upper bounds in bytes of heap, taken from a {@link Room} before the part is kept.
 *
 * <p>The worst cases per byte of a frame: a member of 7 bytes of JSON costs {@link #MEMBER}, 57
 * bytes per byte, but an object keeps at most {@link #MAX_MEMBERS} members, 4 MB; a number of 2
 * bytes costs {@link #NUMBER}, 28 bytes per byte; a string costs 12 bytes per byte. A skipped part
 * costs no more than {@link #lexer}.
 */
public final class ReadCosts {
  /** The maximum length of a string or number, in chars. A request with a longer one is refused. */
  static final int MAX_TOKEN = 1 << 20;

  /** The maximum length of a field name, in chars. */
  static final int MAX_NAME = 1 << 16;

  /** The maximum number of members of an object that is kept. */
  public static final int MAX_MEMBERS = 10_000;

  /**
   * Bytes per char of a string: 2 bytes in the copy that joins the parser's buffers, 2 in the
   * string, and 6 if the response repeats it as an escape; rounded up.
   */
  private static final int CHAR = 12;

  /**
   * Bytes per member of an object: entries of three maps (40 bytes, and 8 of a table, each), the
   * string of the name (56), and the value as sent and as converted (96); rounded up.
   */
  private static final int MEMBER = 400;

  /**
   * Bytes per number of a series: 8 bytes in the array that it is read into and 8 in the series,
   * then copies of both arrays, and, if the times do not increase, an order of the points with the
   * averages at equal times (76 per point, which has two numbers); rounded up.
   */
  private static final int NUMBER = 56;

  private ReadCosts() {}

  /**
   * Returns the cost of the parser's own buffers. The parser holds one token at a time: a string or
   * number that is split over its input takes 2 bytes per char, a name 2 more. A short body fits
   * the usual buffers.
   *
   * @param bodyBytes the length of the body in bytes
   * @return the cost in bytes
   */
  public static long lexer(int bodyBytes) {
    return bodyBytes <= FrameReader.FREE_BYTES
        ? 0
        : 2L * Math.min(bodyBytes, MAX_TOKEN) + 4L * Math.min(bodyBytes, MAX_NAME);
  }

  /**
   * Returns the cost of a string.
   *
   * @param chars the length in chars
   * @return the cost in bytes
   */
  public static long text(int chars) {
    return (long) CHAR * chars;
  }

  /**
   * Returns the cost of a member of an object, without its value.
   *
   * @param nameChars the length of its name in chars
   * @return the cost in bytes
   */
  public static long member(int nameChars) {
    return MEMBER + text(nameChars);
  }

  /**
   * Returns the cost of numbers of a series.
   *
   * @param count how many numbers
   * @return the cost in bytes
   */
  public static long numbers(int count) {
    return (long) NUMBER * count;
  }
}
