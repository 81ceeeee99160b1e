package dev.vantage.tsdb.server.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Generates nearly valid requests: drops, doubles, swaps and changes fields, and sometimes a few
 * bytes.
 */
final class RequestMutations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] ODD = {
    "null",
    "true",
    "0",
    "-0",
    "-1",
    "1",
    "2147483647",
    "2147483648",
    "-2147483649",
    "9223372036854775807",
    "9223372036854775808",
    "1e308",
    "-1e309",
    "4.9e-324",
    "1e-400",
    "0.1",
    "1e999999999",
    "\"\"",
    "\"a\"",
    "\"\\u0000\"",
    "\"\\ud83d\"",
    "\"\\ude00\\ud83d\"",
    "\"\u00e9\ud83d\ude00\"",
    "\"n > 0\"",
    "\"not not (n = 1 or t = '')\"",
    "\"2024-05-01T00:00:00Z\"",
    "[]",
    "{}",
    "[1,2]",
    "[[1,2],[3,4]]",
    "[[0,0.5],[3,4],[5]]",
    "[1,null]",
    "[1,1e999]",
    "[1,1e308,-1e308]",
    "[5e-324,0,5e-324]",
    "{\"n\":1}",
    "{\"n\":\"1\",\"n\":2}",
    "{\"exact_distances\":0}",
    "{\"milliseconds\":1e300}",
    "{\"milliseconds\":-0.0}"
  };
  private static final String[] LONG = {
    "1." + "3".repeat(2000),
    "9".repeat(5000),
    "\"" + "x".repeat(300) + "\"",
    "\"" + "y".repeat(20_000) + "\"",
    "[".repeat(900) + "]".repeat(900),
    "[".repeat(2000),
    "{\"a\":".repeat(500) + "1" + "}".repeat(500)
  };
  private static final int LONG_OF = 30;

  private final Random random;

  RequestMutations(Random random) {
    this.random = random;
  }

  /** The body of a frame. */
  byte[] next() {
    List<String> requests = Requests.all();
    List<String[]> fields = fields(requests.get(random.nextInt(requests.size())));
    for (int i = random.nextInt(4); i > 0; i--) {
      mutate(fields, requests);
    }
    byte[] body = text(fields).getBytes(StandardCharsets.UTF_8);
    return random.nextInt(4) == 0 ? bytesChanged(body) : body;
  }

  private void mutate(List<String[]> fields, List<String> requests) {
    int at = random.nextInt(fields.size() + 1);
    if (at == fields.size()) {
      List<String[]> others = fields(requests.get(random.nextInt(requests.size())));
      fields.add(others.get(random.nextInt(others.size())));
      return;
    }
    String[] field = fields.get(at);
    switch (random.nextInt(6)) {
      case 0 -> fields.remove(at);
      case 1 -> fields.add(new String[] {field[0], odd()});
      case 2 -> field[0] = fields.get(random.nextInt(fields.size()))[0];
      case 3 -> field[1] = fields.get(random.nextInt(fields.size()))[1];
      default -> field[1] = odd();
    }
  }

  private String odd() {
    String[] kind = random.nextInt(LONG_OF) == LONG_OF - 1 ? LONG : ODD;
    return kind[random.nextInt(kind.length)];
  }

  private byte[] bytesChanged(byte[] body) {
    byte[] changed = body;
    for (int i = 1 + random.nextInt(3); i > 0 && changed.length > 2; i--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(4)) {
        case 0 -> changed = Arrays.copyOf(changed, Math.max(2, at));
        case 1 -> changed = inserted(changed, at);
        case 2 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        default -> changed[at] = (byte) random.nextInt(256);
      }
    }
    return changed;
  }

  private byte[] inserted(byte[] bytes, int at) {
    byte[] result = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, result, 0, at);
    result[at] = (byte) random.nextInt(256);
    System.arraycopy(bytes, at, result, at + 1, bytes.length - at);
    return result;
  }

  /** Names and values, both as they are written. */
  private static List<String[]> fields(String object) {
    try {
      List<String[]> fields = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : JSON.readTree(object).properties()) {
        fields.add(new String[] {'"' + field.getKey() + '"', field.getValue().toString()});
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new AssertionError("request must be JSON", e);
    }
  }

  private static String text(List<String[]> fields) {
    List<String> members = new ArrayList<>();
    fields.forEach(field -> members.add(field[0] + ":" + field[1]));
    return "{" + String.join(",", members) + "}";
  }
}
