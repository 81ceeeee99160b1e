package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.language.Limit;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.protocol.Payload;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs a program of the query language. Immutable.
 *
 * @param program the text of the program
 * @param arguments the values that names are bound to before the program runs
 * @param limits the limits that the request lowers
 */
public record Eval(String program, Map<String, Value> arguments, Map<Limit, Long> limits)
    implements Request {
  static final FieldNames FIELDS =
      FieldNames.scalars("program").and(FieldNames.objects("limits")).and(FieldNames.trees("args"));

  /** Copies the arguments and the limits. */
  public Eval {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    Map<Limit, Long> lowered = new EnumMap<>(Limit.class);
    lowered.putAll(limits);
    limits = Collections.unmodifiableMap(lowered);
  }

  @Override
  public Op op() {
    return Op.EVAL;
  }

  static Eval read(Fields fields) {
    String program =
        fields
            .unicodeText("program")
            .orElseThrow(() -> new InvalidRequestException("program must be given: program=none"));
    Map<String, Value> arguments = new LinkedHashMap<>();
    fields
        .members("args")
        .forEach((name, value) -> arguments.put(name, ArgumentJson.read(name, value)));
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    fields
        .members("limits")
        .forEach((name, value) -> limits.put(limit(name), Fields.integer("limit " + name, value)));
    limits.forEach(Eval::check);
    return new Eval(program, arguments, limits);
  }

  private static Limit limit(String name) {
    return Arrays.stream(Limit.values())
        .filter(limit -> label(limit).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "limit must be one of "
                        + Arrays.stream(Limit.values())
                            .map(Eval::label)
                            .collect(Collectors.joining(", "))
                        + ": limit="
                        + Quote.start(name)));
  }

  private static void check(Limit limit, long most) {
    if (most < 0) {
      throw new InvalidRequestException(
          "limit must be >= 0: limit=" + label(limit) + ", value=" + most);
    }
  }

  /**
   * Returns the name of a limit in requests.
   *
   * @param limit the limit
   * @return the name, such as {@code steps}
   */
  public static String label(Limit limit) {
    return limit.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void putFields(ObjectNode body) {
    body.put("program", program);
    if (!arguments.isEmpty()) {
      ObjectNode values = body.putObject("args");
      arguments.forEach((name, value) -> values.set(name, ArgumentJson.of(name, value)));
    }
    if (!limits.isEmpty()) {
      ObjectNode lowered = body.putObject("limits");
      limits.forEach((limit, most) -> lowered.put(label(limit), most));
    }
  }

  /**
   * Creates the payload of the response.
   *
   * @param value the value of the program's last form
   * @return the payload
   * @throws dev.vantage.tsdb.language.ProgramException if the value is a function or holds one
   */
  public static Payload payload(Value value) {
    return ValueJson.payload(value);
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the value; within lists and records, timestamps, keywords and symbols are texts
   */
  public static Value answer(JsonNode payload) {
    return AnsweredValue.of(payload);
  }
}
