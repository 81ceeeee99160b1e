package dev.vantage.tsdb.protocol;

import java.nio.charset.StandardCharsets;

/** The status of a response. {@link Kind} is more specific. */
public enum Status {
  /** The request succeeded. */
  OK(0),
  /**
   * An internal error of the server, damaged data, or a write with an unknown outcome. The server
   * logs the failure with a reference that the message repeats.
   */
  UNKNOWN_ERROR(1),
  /** The request is not a JSON object, or its operation is missing, unknown or not allowed here. */
  INVALID_OPERATION(2),
  /** The id is missing, malformed, unknown, or already taken. */
  INVALID_KEY(3),
  /** Any other field is missing, of the wrong type or out of range. */
  INVALID_COMPONENT(4),
  /** A program in the query language failed; the message says where. */
  PYPE_ERROR(5),
  /** The server is overloaded or shutting down, or its storage is unavailable. Retrying is safe. */
  UNAVAILABLE(6),
  /** The token is missing or wrong. */
  UNAUTHENTICATED(7),
  /** The request took longer than allowed. */
  DEADLINE_EXCEEDED(8);

  private static final int TEXT_LENGTH = 3;

  private final int code;

  Status(int code) {
    this.code = code;
  }

  /** {@return the number of this status in responses} */
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
   * @throws IllegalArgumentException if the text is not a status
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
   * @throws IllegalArgumentException if no status has that number
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
   * Returns the status of a failure.
   *
   * @param failure the exception
   * @return the status of its kind; {@link #UNKNOWN_ERROR} for a type without a kind
   */
  public static Status of(Throwable failure) {
    return Kind.of(failure).status();
  }
}
