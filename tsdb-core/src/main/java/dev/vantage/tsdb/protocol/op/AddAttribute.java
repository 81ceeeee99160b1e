package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.AttributeValue;

/**
 * Declares an attribute. Immutable.
 *
 * @param name its name
 * @param type its type
 */
public record AddAttribute(String name, AttributeValue.Type type) implements Request {
  static final FieldNames FIELDS = FieldNames.scalars("name", "type");

  @Override
  public Op op() {
    return Op.ADD_ATTRIBUTE;
  }

  /** Reads the request. The name may be any string: the database checks it. */
  static AddAttribute read(Fields fields) {
    String name =
        fields
            .text("name")
            .orElseThrow(() -> new InvalidRequestException("name must be given: name=none"));
    JsonValue type = fields.present("type");
    if (type == null) {
      throw new InvalidRequestException("type must be given: type=none");
    }
    return new AddAttribute(name, AttributeJson.type("type", type));
  }

  @Override
  public void putFields(ObjectNode body) {
    body.put("name", name);
    body.put("type", type.label());
  }

  /**
   * Creates the payload of the response.
   *
   * @param name the name of the attribute
   * @param type its type
   * @return {@code {"name","type"}}
   */
  public static Payload payload(String name, AttributeValue.Type type) {
    return Payload.of(
        JsonNodeFactory.instance.objectNode().put("name", name).put("type", type.label()));
  }
}
