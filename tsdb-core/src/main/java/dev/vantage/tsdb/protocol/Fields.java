package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The fields of a request, each read as what it ought to be. A field that is null counts as absent,
 * except where a method says otherwise. What is wrong with an id is an {@link InvalidIdException};
 * with any other field, an {@link IllegalArgumentException} that stands for an invalid component.
 */
final class Fields {
  private static final Set<String> SCALARS =
      Set.of(
          "op",
          "tag",
          "id",
          "k",
          "radius",
          "where",
          "include_self",
          "explain",
          "replace",
          "period",
          "after",
          "limit",
          "name",
          "type",
          "token",
          "capacity_mb",
          "policy");

  private static final Set<String> OBJECTS = Set.of("attributes", "types", "budget");

  private final Map<String, JsonValue> values = new HashMap<>();
  private TsField ts;
  private boolean passedOver;

  private Fields() {}

  /**
   * Reads an object from its opening brace, which is the current token, to its closing one. Fields
   * that no operation has are passed over; of two with one name the last counts.
   */
  static Fields read(JsonParser parser, Envelope.SeriesRoom series, Room room) throws IOException {
    Fields fields = new Fields();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (SCALARS.contains(name)) {
        fields.values.put(name, JsonValue.readScalar(parser, room));
      } else if (OBJECTS.contains(name)) {
        fields.values.put(name, JsonValue.readObjectOrScalar(parser, room));
      } else if (name.equals("ts")) {
        fields.readSeries(parser, series.points(fields.textIfAny("op")), room);
      } else {
        parser.skipChildren();
      }
    }
    return fields;
  }

  private void readSeries(JsonParser parser, int points, Room room) throws IOException {
    if (points > 0) {
      ts = TsField.read(parser, points, room);
    } else {
      passedOver = true;
      parser.skipChildren();
    }
  }

  /** Whether there was no room for a series. */
  boolean passedOver() {
    return passedOver;
  }

  /** The field as a text, or empty if it is absent or anything else. */
  Optional<String> textIfAny(String name) {
    return values.get(name) instanceof JsonValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /** The field as a text. */
  Optional<String> text(String name) {
    JsonValue value = present(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof JsonValue.Text text) {
      return Optional.of(text.value());
    }
    throw mustBe(name, "a string", value);
  }

  /** The field as a text that UTF-8 can carry. */
  Optional<String> unicodeText(String name) {
    Optional<String> text = text(name);
    if (text.isPresent() && !StandardCharsets.UTF_8.newEncoder().canEncode(text.get())) {
      throw new InvalidRequestException(
          name + " must be valid Unicode: found=an unpaired surrogate");
    }
    return text;
  }

  /** The field {@code id}, which must be there and follow the rules for ids. */
  String id() {
    JsonValue value = values.get("id");
    if (value == null) {
      throw new InvalidIdException("id must be given: id=none");
    }
    if (value instanceof JsonValue.Text text) {
      return SeriesIds.check(text.value());
    }
    throw new InvalidIdException("id must be a string: id=" + value.kind());
  }

  /** The field as a truth value, false if it is absent. */
  boolean flag(String name) {
    JsonValue value = present(name);
    if (value == null) {
      return false;
    }
    if (value instanceof JsonValue.Truth truth) {
      return truth.value();
    }
    throw mustBe(name, "a boolean", value);
  }

  /** The field as an integer token of at least 1, at most the largest int. Null is no integer. */
  OptionalInt countOrMissing(String name) {
    JsonValue value = values.get(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (!(value instanceof JsonValue.Whole whole)) {
      throw mustBe(name, "an integer", value);
    }
    long count = whole.asLong().orElse(whole.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE);
    if (count < 1) {
      throw new InvalidRequestException(name + " must be >= 1: " + name + "=" + count);
    }
    if (count > Integer.MAX_VALUE) {
      throw new InvalidRequestException(
          name + " must be <= " + Integer.MAX_VALUE + ": " + name + "=" + count);
    }
    return OptionalInt.of((int) count);
  }

  /** The same, but null counts as absent. */
  OptionalInt count(String name) {
    return present(name) == null ? OptionalInt.empty() : countOrMissing(name);
  }

  /** The field as a finite number. */
  OptionalDouble number(String name) {
    return finite(name, present(name));
  }

  private static OptionalDouble finite(String name, JsonValue value) {
    if (value == null) {
      return OptionalDouble.empty();
    }
    double number = numberOf(name, value);
    if (!Double.isFinite(number)) {
      throw new InvalidRequestException(name + " must be finite: " + name + "=" + number);
    }
    return OptionalDouble.of(number);
  }

  private static double numberOf(String name, JsonValue value) {
    if (value instanceof JsonValue.Whole whole) {
      return Double.parseDouble(whole.digits());
    }
    if (value instanceof JsonValue.Fraction fraction) {
      return fraction.value();
    }
    throw mustBe(name, "a number", value);
  }

  /** The field {@code budget}, unlimited if it is absent. */
  Budget budget() {
    if (present("budget") == null) {
      return Budget.UNLIMITED;
    }
    Map<String, JsonValue> members = members("budget");
    Budget budget = Budget.UNLIMITED;
    JsonValue distances = unlessNull(members.get("exact_distances"));
    if (distances != null) {
      budget = budget.withExactDistances(wholeNotNegative("budget.exact_distances", distances));
    }
    String time = "budget.milliseconds";
    OptionalDouble milliseconds = finite(time, unlessNull(members.get("milliseconds")));
    if (milliseconds.isPresent()) {
      budget = budget.withTime(milliseconds(time, milliseconds.getAsDouble()));
    }
    if (!budget.isLimited()) {
      throw new InvalidRequestException(
          "budget must have exact_distances or milliseconds: budget=object without either");
    }
    return budget;
  }

  private static long wholeNotNegative(String name, JsonValue value) {
    if (!(value instanceof JsonValue.Whole whole)) {
      throw mustBe(name, "an integer", value);
    }
    long number = whole.asLong().orElse(whole.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE);
    if (number < 0) {
      throw new InvalidRequestException(name + " must be >= 0: " + name + "=" + number);
    }
    return number;
  }

  private static Duration milliseconds(String name, double number) {
    if (number < 0) {
      throw new InvalidRequestException(name + " must be >= 0: " + name + "=" + number);
    }
    return Duration.ofNanos(Math.round(number * 1e6));
  }

  /** The fields {@code ts}, which must be there, and {@code period}. */
  TimeSeries series() {
    if (ts == null) {
      throw new InvalidRequestException("ts must be given: ts=none");
    }
    TimeSeries series = ts.toSeries();
    OptionalDouble period = number("period");
    return period.isPresent() ? series.foldedBy(period.getAsDouble()) : series;
  }

  /**
   * The field {@code attributes}, none if it is absent; of the types that the field {@code types}
   * says, if it says one.
   */
  Attributes attributes() {
    Map<String, AttributeValue> byName = new HashMap<>();
    members("attributes").forEach((name, member) -> byName.put(name, attribute(member)));
    members("types")
        .forEach(
            (name, member) -> {
              Type type = type("type in types", member);
              byName.computeIfPresent(name, (n, value) -> AttributeJson.as(n, type, value));
            });
    return Attributes.of(byName);
  }

  private Map<String, JsonValue> members(String name) {
    JsonValue value = present(name);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof JsonValue.Members members) {
      return members.byName();
    }
    if (value instanceof JsonValue.Overfull) {
      throw new InvalidRequestException(
          name
              + " must have at most "
              + ReadCosts.MAX_MEMBERS
              + " members: members>"
              + ReadCosts.MAX_MEMBERS);
    }
    throw mustBe(name, "an object", value);
  }

  /** The field {@code name}, which must be there; it need not be the name of an attribute. */
  String attributeName() {
    return text("name")
        .orElseThrow(() -> new InvalidRequestException("name must be given: name=none"));
  }

  /** The field {@code type}, which must be there. */
  Type attributeType() {
    JsonValue value = present("type");
    if (value == null) {
      throw new InvalidRequestException("type must be given: type=none");
    }
    return type("type", value);
  }

  /** The field {@code capacity_mb}, the capacity of a cache, or empty if it is absent. */
  OptionalInt capacityMb() {
    JsonValue value = present("capacity_mb");
    if (value == null) {
      return OptionalInt.empty();
    }
    if (!(value instanceof JsonValue.Whole whole)) {
      throw mustBe("capacity_mb", "an integer", value);
    }
    return OptionalInt.of(
        CacheSettings.checkCapacity(
            whole.asLong().orElse(whole.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE)));
  }

  /** The field {@code policy}, the policy of a cache, or empty if it is absent. */
  Optional<CachePolicy> policy() {
    return text("policy").map(label -> CachePolicy.ofLabel(Quote.start(label)));
  }

  private static Type type(String name, JsonValue value) {
    if (value instanceof JsonValue.Text label) {
      return AttributeJson.type(label.value());
    }
    throw mustBe(name, "a string", value);
  }

  private static AttributeValue attribute(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return new TextValue(text.value());
    }
    if (value instanceof JsonValue.Truth truth) {
      return new BooleanValue(truth.value());
    }
    if (value instanceof JsonValue.Fraction fraction) {
      return new DoubleValue(fraction.value());
    }
    if (value instanceof JsonValue.Whole whole) {
      OptionalLong number = whole.asLong();
      return new LongValue(
          number.orElseThrow(
              () ->
                  new InvalidRequestException(
                      "integer attribute must be from -2^63 to 2^63 - 1: digits="
                          + whole.digits().length())));
    }
    throw mustBe("attribute value", "a string, number or boolean", value);
  }

  /** The field {@code where}, read as a condition. */
  Optional<Condition> where() {
    return unicodeText("where").map(Condition::parse);
  }

  private JsonValue present(String name) {
    return unlessNull(values.get(name));
  }

  private static JsonValue unlessNull(JsonValue value) {
    return value instanceof JsonValue.Null ? null : value;
  }

  private static InvalidRequestException mustBe(String name, String what, JsonValue found) {
    return new InvalidRequestException(
        name + " must be " + what + ": " + name + "=" + found.kind());
  }
}
