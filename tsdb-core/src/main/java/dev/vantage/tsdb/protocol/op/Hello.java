package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.protocol.Role;
import java.util.Optional;

/**
 * Authenticates the client of a connection. Immutable.
 *
 * @param token the token, or empty
 */
public record Hello(Optional<AccessToken> token) implements Request {
  static final FieldNames FIELDS = FieldNames.scalars("token");

  @Override
  public Op op() {
    return Op.HELLO;
  }

  static Hello read(Fields fields) {
    return new Hello(fields.unicodeText("token").map(AccessToken::of));
  }

  @Override
  public void putFields(ObjectNode body) {
    token.ifPresent(shown -> body.put("token", shown.text()));
  }

  /**
   * Creates the payload of the response.
   *
   * @param role the role of the client
   * @return {@code {"access":"read"}} or {@code {"access":"write"}}
   */
  public static Payload payload(Role role) {
    return Payload.of(JsonNodeFactory.instance.objectNode().put("access", role.label()));
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the role of the client
   */
  public static Role answer(JsonNode payload) {
    return PayloadReader.read(payload, node -> Role.ofLabel(text(node.required("access"))));
  }
}
