package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random rows and conditions on them: of all types, with nulls, and with values that are easily
 * compared wrongly. Values and literals come from small sets, so that they often meet.
 */
public final class RandomConditions {
  private static final AttributeTypes TYPES =
      AttributeTypes.noneDeclared()
          .with("period", Type.DOUBLE)
          .with("amplitude.g", Type.DOUBLE)
          .with("count", Type.LONG)
          .with("not", Type.LONG)
          .with("type", Type.TEXT)
          .with("a \"quoted\" name", Type.TEXT)
          .with("größe", Type.TEXT)
          .with("variable", Type.BOOLEAN)
          .with("timestamp", Type.BOOLEAN)
          .with("seen", Type.TIMESTAMP)
          .with("never set", Type.DOUBLE);

  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1,
    -1,
    0.1,
    0.5,
    2.5,
    0.1 + 0.2,
    0.3,
    1e30,
    -1e30,
    0x1p53,
    0x1p53 + 2,
    0x1p53 - 1,
    0x1p63,
    -0x1p63,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE
  };
  private static final long[] LONGS = {
    0,
    1,
    -1,
    2,
    3,
    (1L << 53) - 1,
    1L << 53,
    (1L << 53) + 1,
    (1L << 53) + 2,
    -(1L << 53) - 1,
    Long.MAX_VALUE,
    Long.MAX_VALUE - 1,
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "+1",
    "2",
    "2.5",
    "1.5",
    "-0.5",
    ".5",
    "1.",
    "0.1",
    "0.3",
    "0.30000000000000004",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "9007199254740993.0",
    "9007199254740992.5",
    "-9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "9223372036854775807.5",
    "-9223372036854775808",
    "-9223372036854775809",
    "9.223372036854776E18",
    "18446744073709551616",
    "1e30",
    "-1e30",
    "1000000000000000000000000000000",
    "1e400",
    "-1e400",
    "1e-400",
    "4.9e-324",
    "-4.9E-324",
    "1.7976931348623157e308",
    "-1.7976931348623157e308",
    "1" + "0".repeat(309),
    "-1" + "0".repeat(309),
    "0.00000000000000000000000000001"
  };
  private static final String[] MOMENTS = {
    "1970-01-01", "1969-12-31T23:59:59.999999Z", "1970-01-01T01:00+01:00", "2024-05-01",
    "2024-05-01 20:15", "2024-05-01T20:15:00.5Z", "2024-05-01T20:15:00.500000999", "0001-01-01",
    "2024-05-01t22:15:00.5+02", "9999-12-31T23:59:59.999999999Z"
  };
  private static final String[] PIECES = {
    "a",
    "a",
    "A",
    "b",
    "RR",
    "%",
    "_",
    "'",
    "''",
    "\"",
    "*",
    "?",
    "[",
    "]",
    "^",
    "-",
    "!",
    "\\",
    "é",
    "e\u0301",
    "\uD83D\uDE00",
    "\uD83D\uDE01",
    "\uE000",
    "\uFFFD",
    "\t",
    "\n",
    " ",
    ";--"
  };

  private final Random random;
  private final List<String> ids = new ArrayList<>();

  public RandomConditions(Random random) {
    this.random = random;
  }

  /** Returns the attributes of rows and conditions. */
  public AttributeTypes types() {
    return TYPES;
  }

  /**
   * Returns the values of a series by attribute, built-in attributes included; nulls are absent.
   */
  public SortedMap<String, AttributeValue> nextRow() {
    SortedMap<String, AttributeValue> row = new TreeMap<>();
    for (Map.Entry<String, Type> entry : TYPES.all().entrySet()) {
      boolean isOptional =
          !AttributeTypes.isBuiltIn(entry.getKey())
              || entry.getKey().equals(AttributeTypes.INSERTED_AT);
      if (entry.getKey().equals("never set") || isOptional && random.nextInt(4) == 0) {
        continue;
      }
      row.put(entry.getKey(), value(entry.getValue()));
    }
    String id = text().replaceAll("[\t\n]", "") + ids.size();
    ids.add(id);
    row.put(AttributeTypes.ID, new TextValue(id));
    return row;
  }

  private AttributeValue value(Type type) {
    return switch (type) {
      case DOUBLE -> new DoubleValue(DOUBLES[random.nextInt(DOUBLES.length)]);
      case LONG -> new LongValue(LONGS[random.nextInt(LONGS.length)]);
      case TEXT -> new TextValue(text());
      case BOOLEAN -> new BooleanValue(random.nextBoolean());
      case TIMESTAMP -> moment();
    };
  }

  private TimestampValue moment() {
    TimestampValue moment = Timestamps.read(new Literal.Text(any(MOMENTS), 1));
    boolean isInside =
        moment.value().isAfter(Timestamps.read(new Literal.Text("1000-01-01", 1)).value());
    return isInside && random.nextBoolean()
        ? new TimestampValue(moment.value().minus(1, ChronoUnit.MICROS))
        : moment;
  }

  private String text() {
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(i -> any(PIECES))
        .collect(Collectors.joining());
  }

  /** Returns a condition of at most a nesting depth. */
  public String nextCondition(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(5);
    return switch (kind) {
      case 0 -> test();
      case 1 -> any("not ", "NOT ") + "(" + nextCondition(depth - 1) + ")";
      case 2 -> "not " + test();
      default -> {
        String operator = any(" and ", " or ", " AND ", "\nOr\t");
        yield IntStream.range(0, 2 + random.nextInt(2))
            .mapToObj(i -> random.nextInt(3) == 0 ? test() : "(" + nextCondition(depth - 1) + ")")
            .collect(Collectors.joining(operator));
      }
    };
  }

  private String test() {
    List<String> names = List.copyOf(TYPES.all().keySet());
    String plain = names.get(random.nextInt(names.size()));
    Type type = TYPES.type(plain).orElseThrow();
    String name = Names.written(plain);
    Supplier<String> literal =
        () ->
            plain.equals(AttributeTypes.ID) && !ids.isEmpty() && random.nextBoolean()
                ? quoted(ids.get(random.nextInt(ids.size())))
                : literal(type);
    String not = any("", "", " not");
    return switch (random.nextInt(type == Type.TEXT || type == Type.BOOLEAN ? 8 : 6)) {
      case 0 -> name + any(" is null", " is not null");
      case 1 -> name + not + " between " + literal.get() + " and " + literal.get();
      case 2 ->
          IntStream.range(0, 1 + random.nextInt(4))
              .mapToObj(i -> literal.get())
              .collect(Collectors.joining(",", name + not + " in (", ")"));
      case 3 -> literal.get() + comparison() + name;
      case 4, 5 -> name + comparison() + literal.get();
      default -> type == Type.BOOLEAN ? name : name + not + " like " + pattern();
    };
  }

  private String comparison() {
    return any(" = ", " <> ", " != ", " < ", " <= ", " > ", " >= ");
  }

  private String literal(Type type) {
    return switch (type) {
      case DOUBLE ->
          random.nextBoolean() ? any(NUMBERS) : "" + DOUBLES[random.nextInt(DOUBLES.length)];
      case LONG -> random.nextBoolean() ? any(NUMBERS) : "" + LONGS[random.nextInt(LONGS.length)];
      case TEXT -> quoted(text());
      case BOOLEAN -> any("true", "false", "TRUE");
      case TIMESTAMP -> any("", "timestamp ") + quoted(any(MOMENTS));
    };
  }

  private String pattern() {
    String escape = any("", "", "!", "\\", "%", "_", "a", "\uD83D\uDE00");
    String body =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> any(any(PIECES), "%", "_", escape + any(PIECES)))
            .collect(Collectors.joining());
    if (escape.isEmpty()) {
      return quoted(body);
    }
    // A pattern must not end with an escape that escapes nothing.
    boolean isOpen = false;
    for (int c : body.codePoints().toArray()) {
      isOpen = !isOpen && c == escape.codePointAt(0);
    }
    return quoted(isOpen ? body + "x" : body) + " escape " + quoted(escape);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
