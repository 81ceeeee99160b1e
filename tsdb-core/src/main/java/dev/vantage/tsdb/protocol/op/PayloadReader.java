package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Converts the payloads of responses into values. Thread-safe. */
final class PayloadReader {
  private PayloadReader() {}

  /**
   * Reads a payload.
   *
   * @throws ProtocolException if it is not a payload of the operation
   */
  static <T> T read(JsonNode payload, Function<JsonNode, T> parse) {
    try {
      return parse.apply(payload);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("payload must match the operation: problem=" + e.getMessage(), e);
    }
  }

  static Map<String, Long> counts(JsonNode node) {
    Map<String, Long> counts = new LinkedHashMap<>();
    node.properties().forEach(count -> counts.put(count.getKey(), whole(count.getValue())));
    return counts;
  }

  static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>(node.size());
    list(node).forEach(text -> texts.add(text(text)));
    return List.copyOf(texts);
  }

  static double[] numbers(JsonNode node) {
    double[] numbers = new double[list(node).size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(node.get(i));
    }
    return numbers;
  }

  static JsonNode list(JsonNode node) {
    return check(node, node.isArray(), "an array");
  }

  static String text(JsonNode node) {
    return check(node, node.isTextual(), "a string").textValue();
  }

  static boolean truth(JsonNode node) {
    return check(node, node.isBoolean(), "a boolean").booleanValue();
  }

  static double number(JsonNode node) {
    return check(node, node.isNumber(), "a number").doubleValue();
  }

  static long whole(JsonNode node) {
    return check(node, node.canConvertToLong() && node.isIntegralNumber(), "a long").longValue();
  }

  static int integer(JsonNode node) {
    return check(node, node.isInt(), "an int").intValue();
  }

  private static JsonNode check(JsonNode node, boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("must be " + what + ", found " + node.getNodeType());
    }
    return node;
  }
}
