package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.protocol.ReadCosts;
import dev.vantage.tsdb.protocol.Room;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request, each read as the type it must have. A field that is null counts as
 * absent, unless a method says otherwise. A bad id throws an {@link InvalidIdException}; any other
 * bad field throws an {@link IllegalArgumentException}, which becomes an invalid component.
 */
final class Fields {
  /** The maximum number of unknown fields whose names are kept. */
  private static final int MAX_UNKNOWN = 32;

  /** The fields of every request. */
  private static final FieldNames OF_ALL = FieldNames.scalars("op", "tag");

  private final Map<String, JsonValue> values = new HashMap<>();
  private final Set<String> unknown = new TreeSet<>();
  private @Nullable TsField ts;
  private boolean passedOver;

  private Fields() {}

  /**
   * Reads an object from its opening brace, which is the current token, to its closing one. Fields
   * that are not kept are skipped; of two fields with the same name the last counts.
   */
  static Fields read(JsonParser parser, FieldNames kept, SeriesRoom series, Room room)
      throws IOException {
    Fields fields = new Fields();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (kept.series().contains(name)) {
        fields.readSeries(parser, series.points(fields.textIfAny("op")), room);
      } else if (kept.trees().contains(name)) {
        fields.readTree(parser, name, series.points(fields.textIfAny("op")), room);
      } else if (kept.contains(name)) {
        fields.values.put(name, value(parser, kept, name, room));
      } else {
        fields.passOver(name, room);
        parser.skipChildren();
      }
    }
    return fields;
  }

  /** Reads a value. One name may be an object in one operation and an array in another. */
  private static JsonValue value(JsonParser parser, FieldNames kept, String name, Room room)
      throws IOException {
    JsonToken first = parser.currentToken();
    if (first == JsonToken.START_OBJECT && kept.objects().contains(name)) {
      return JsonValue.readObject(parser, room);
    }
    if (first == JsonToken.START_ARRAY && kept.objectLists().contains(name)) {
      return JsonValue.readObjectList(parser, room);
    }
    return first == JsonToken.START_ARRAY && kept.lists().contains(name)
        ? JsonValue.readList(parser, room)
        : JsonValue.readScalar(parser, room);
  }

  private void passOver(String name, Room room) {
    if (unknown.size() < MAX_UNKNOWN && unknown.add(Quote.start(name))) {
      room.take(ReadCosts.member(0));
    }
  }

  /**
   * Returns the names of the fields that an operation does not have, in order. Of fields that no
   * operation has, only the first are named, and the beginnings of long names.
   */
  List<String> ignoredBy(FieldNames ofOperation) {
    Set<String> ignored = new TreeSet<>(unknown);
    for (String name : values.keySet()) {
      if (!ofOperation.contains(name) && !OF_ALL.contains(name)) {
        ignored.add(name);
      }
    }
    if ((ts != null || passedOver) && !ofOperation.contains("ts")) {
      ignored.add("ts");
    }
    return List.copyOf(ignored);
  }

  private void readSeries(JsonParser parser, int points, Room room) throws IOException {
    if (points > 0) {
      ts = TsField.read(parser, points, room);
    } else {
      passedOver = true;
      parser.skipChildren();
    }
  }

  private void readTree(JsonParser parser, String name, int points, Room room) throws IOException {
    if (points > 0) {
      values.put(name, JsonTree.read(parser, points, room));
    } else {
      passedOver = true;
      parser.skipChildren();
    }
  }

  /** Returns whether a series was skipped. */
  boolean passedOver() {
    return passedOver;
  }

  /** Returns the field as a string, or empty if it is absent or of another type. */
  Optional<String> textIfAny(String name) {
    return values.get(name) instanceof JsonValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /** Returns the field as a string. */
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

  /** Returns the field as a string that UTF-8 can encode. */
  Optional<String> unicodeText(String name) {
    Optional<String> text = text(name);
    if (text.isPresent() && !StandardCharsets.UTF_8.newEncoder().canEncode(text.get())) {
      throw new InvalidRequestException(
          name + " must be valid Unicode: found=an unpaired surrogate");
    }
    return text;
  }

  /** Returns the field {@code id}, which must be present and follow the rules for ids. */
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

  /** Returns the field as a boolean, false if it is absent. */
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

  /** Returns the field as an integer from 1 to the largest int. Null is not an integer. */
  OptionalInt countOrMissing(String name) {
    JsonValue value = values.get(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    long count = integer(name, value);
    if (count < 1) {
      throw new InvalidRequestException(name + " must be >= 1: " + name + "=" + count);
    }
    if (count > Integer.MAX_VALUE) {
      throw new InvalidRequestException(
          name + " must be <= " + Integer.MAX_VALUE + ": " + name + "=" + count);
    }
    return OptionalInt.of((int) count);
  }

  /** Returns an integer, also one that is written with a fraction, as some languages do: 2.0. */
  static long integer(String name, JsonValue value) {
    if (value instanceof JsonValue.Whole whole) {
      return whole.asLong().orElse(whole.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
    if (value instanceof JsonValue.Fraction fraction
        && fraction.value() == Math.rint(fraction.value())
        && Double.isFinite(fraction.value())) {
      return (long) fraction.value();
    }
    throw mustBe(name, "an integer", value);
  }

  /** Returns the field like {@link #countOrMissing}, but null counts as absent. */
  OptionalInt count(String name) {
    return present(name) == null ? OptionalInt.empty() : countOrMissing(name);
  }

  /** Returns the field as a finite number. */
  OptionalDouble number(String name) {
    return finite(name, present(name));
  }

  static OptionalDouble finite(String name, @Nullable JsonValue value) {
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

  /** Returns the series of the field {@code ts}, which must be present. */
  TimeSeries points() {
    if (ts == null) {
      throw new InvalidRequestException("ts must be given: ts=none");
    }
    return ts.toSeries();
  }

  /** Returns the members of the field, none if it is absent. */
  Map<String, JsonValue> members(String name) {
    JsonValue value = present(name);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof JsonValue.Members members) {
      return members.byName();
    }
    if (value instanceof JsonValue.Overfull object && object.isObject()) {
      throw overfull(name, object, "members");
    }
    throw mustBe(name, "an object", value);
  }

  /** Returns the strings of the field, an array that must be present. */
  List<String> texts(String name) {
    if (present(name) == null) {
      throw new InvalidRequestException(name + " must be given: " + name + "=none");
    }
    return textsIfAny(name);
  }

  /** Returns the strings of the field, an array; none if it is absent. */
  List<String> textsIfAny(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonValue element : elements(name)) {
      if (!(element instanceof JsonValue.Text text)) {
        throw mustBe("each of " + name, "a string", element);
      }
      texts.add(text.value());
    }
    return texts;
  }

  /** Returns the elements of the field, an array; none if it is absent. */
  List<JsonValue> elements(String name) {
    JsonValue value = present(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof JsonValue.Overfull list && !list.isObject()) {
      throw overfull(name, list, "elements");
    }
    if (value instanceof JsonValue.Elements elements) {
      return elements.inOrder();
    }
    throw mustBe(name, "an array", value);
  }

  static InvalidRequestException overfull(String name, JsonValue.Overfull found, String parts) {
    return new InvalidRequestException(
        name
            + " must have at most "
            + found.most()
            + " "
            + parts
            + ": "
            + parts
            + ">"
            + found.most());
  }

  /** Returns the field {@code where}, parsed as a condition. */
  Optional<Condition> where() {
    return unicodeText("where").map(Condition::parse);
  }

  /** Returns the field, or null if it is absent. */
  @Nullable JsonValue present(String name) {
    return unlessNull(values.get(name));
  }

  static @Nullable JsonValue unlessNull(@Nullable JsonValue value) {
    return value instanceof JsonValue.Null ? null : value;
  }

  static InvalidRequestException mustBe(String name, String what, JsonValue found) {
    return new InvalidRequestException(
        name + " must be " + what + ": " + name + "=" + found.kind());
  }
}
