package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.truth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.protocol.ProtocolException;
import java.io.IOException;

/**
 * A part of a file that several responses to one request send. Not thread-safe: shares its array
 * with the caller.
 *
 * @param bytes the bytes, at most {@link #MOST_BYTES}; none while the server prepares the file
 * @param more whether another response follows
 */
@SuppressWarnings("ArrayRecordComponent") // a part is read once, and never compared
public record FilePart(byte[] bytes, boolean more) {
  /** The most bytes of the file in one response. */
  public static final int MOST_BYTES = 1 << 20;

  /**
   * Creates the payload of a response.
   *
   * @param bytes holds the bytes of the part
   * @param count how many of them, from the first
   * @param more whether another response follows
   * @return {@code {"bytes":BASE64,"more"}}
   */
  public static Payload payload(byte[] bytes, int count, boolean more) {
    return out -> {
      out.writeStartObject();
      out.writeFieldName("bytes");
      out.writeBinary(bytes, 0, count);
      out.writeBooleanField("more", more);
      out.writeEndObject();
    };
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the part
   */
  public static FilePart answer(JsonNode payload) {
    return PayloadReader.read(
        payload,
        node -> {
          try {
            return new FilePart(node.required("bytes").binaryValue(), truth(node.required("more")));
          } catch (IOException e) {
            throw new ProtocolException("bytes must be Base64: problem=" + e.getMessage(), e);
          }
        });
  }
}
