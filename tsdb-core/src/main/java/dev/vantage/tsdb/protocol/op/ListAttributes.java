package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.list;
import static dev.vantage.tsdb.protocol.op.PayloadReader.text;
import static dev.vantage.tsdb.protocol.op.PayloadReader.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import java.util.Map;
import java.util.TreeMap;

/** Asks for the attributes of series and their types. Immutable. */
public record ListAttributes() implements Request {
  @Override
  public Op op() {
    return Op.ATTRIBUTES;
  }

  /**
   * Creates the payload of the response.
   *
   * @param types the types of the attributes
   * @return a list of {@code {"name","type","built_in"}}, in order of name
   */
  public static Payload payload(AttributeTypes types) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    types
        .all()
        .forEach(
            (name, type) ->
                list.addObject()
                    .put("name", name)
                    .put("type", type.label())
                    .put("built_in", AttributeTypes.isBuiltIn(name)));
    return Payload.of(list);
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the types
   */
  public static AttributeTypes answer(JsonNode payload) {
    return PayloadReader.read(payload, ListAttributes::parse);
  }

  private static AttributeTypes parse(JsonNode payload) {
    Map<String, AttributeValue.Type> types = new TreeMap<>();
    for (JsonNode node : list(payload)) {
      if (!truth(node.required("built_in"))) {
        types.put(text(node.required("name")), AttributeJson.type(text(node.required("type"))));
      }
    }
    return AttributeTypes.of(types);
  }
}
