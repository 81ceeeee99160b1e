package dev.vantage.tsdb.protocol;

import java.nio.charset.StandardCharsets;

/** How a request ended. {@link Kind} says it more exactly. */
public enum Status {
  /** It was answered. */
  OK(0),
  /**
   * A fault of the server's own, damage, or a write with an unknown outcome; logged there with a
   * reference that the message repeats.
   */
  UNKNOWN_ERROR(1),
  /** Not JSON, not an object, no operation, an unknown one, or one that is not allowed here. */
  INVALID_OPERATION(2),
  /** The id is missing, malformed, unknown, or already taken. */
  INVALID_KEY(3),
  /** Any other field is missing, of the wrong type or out of range. */
  INVALID_COMPONENT(4),
  /** A program in the query language failed; the message says where. */
  PYPE_ERROR(5),
  /** Too busy or shutting down; trying again later is safe. */
  UNAVAILABLE(6),
  /** No token, or a wrong one. */
  UNAUTHENTICATED(7),
  /** The request took longer than allowed. */
  DEADLINE_EXCEEDED(8);

  private static final int TEXT_LENGTH = 3;

  private final int code;

  Status(int code) {
    this.code = code;
  }

  /** {@return the number that stands for this status in a response} */
  public int code() {
    return code;
  }

  /** {@return the number right-aligned in 3 characters, as ASCII; a fresh array} */
  public byte[] encode() {
    return String.format("%" + TEXT_LENGTH + "d", code).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param text 3 ASCII characters: a number, with spaces before it
   * @return the status with that number
   * @throws IllegalArgumentException if the text is not one
   */
  public static Status fromBytes(byte[] text) {
    String digits = new String(text, StandardCharsets.ISO_8859_1);
    if (digits.length() != TEXT_LENGTH || !digits.matches(" *[0-9]+")) {
      throw new IllegalArgumentException(
          "status must be a number right-aligned in 3 characters: status='" + digits + "'");
    }
    return ofCode(Integer.parseInt(digits.strip()));
  }

  /**
   * Finds a status.
   *
   * @param code its number
   * @return the status
   * @throws IllegalArgumentException if there is none with that number
   */
  public static Status ofCode(int code) {
    for (Status status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("status must be from 0 to 8: status=" + code);
  }

  /**
   * Says how a request ended that failed.
   *
   * @param failure what was thrown
   * @return the status for it; {@link #UNKNOWN_ERROR} for a type that no rule knows
   */
  public static Status of(Throwable failure) {
    return Kind.of(failure).status();
  }
}
