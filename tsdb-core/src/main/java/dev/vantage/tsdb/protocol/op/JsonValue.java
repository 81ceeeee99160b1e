package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vantage.tsdb.protocol.ReadCosts;
import dev.vantage.tsdb.protocol.Room;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The value of a field of a request, before its type is checked. Immutable. Numbers that are
 * expensive to parse are not parsed. Arrays and objects are kept only in fields that can hold them.
 */
sealed interface JsonValue {

  /** The maximum number of elements of an array whose elements may be objects. */
  int MAX_OBJECTS = 1000;

  /** The maximum number of members of an object in an array. */
  int MAX_OBJECT_MEMBERS = 8;

  /** Returns the name of this type of value for users. */
  String kind();

  record Text(String value) implements JsonValue {
    @Override
    public String kind() {
      return "string";
    }
  }

  /** An integer token as written, of any size. */
  record Whole(String digits) implements JsonValue {
    private static final int LONGEST_LONG = 20;

    @Override
    public String kind() {
      return "number";
    }

    boolean isNegative() {
      return digits.startsWith("-");
    }

    /** Returns the number, or empty if it is out of the range of long. */
    OptionalLong asLong() {
      // JSON has no leading zeros: more digits mean a larger number.
      if (digits.length() > LONGEST_LONG) {
        return OptionalLong.empty();
      }
      try {
        return OptionalLong.of(Long.parseLong(digits));
      } catch (NumberFormatException e) {
        return OptionalLong.empty();
      }
    }
  }

  /** A number token that is not an integer; infinite if it is beyond the range of double. */
  record Fraction(double value) implements JsonValue {
    @Override
    public String kind() {
      return "number";
    }
  }

  record Truth(boolean value) implements JsonValue {
    @Override
    public String kind() {
      return "boolean";
    }
  }

  record Null() implements JsonValue {
    @Override
    public String kind() {
      return "null";
    }
  }

  record Members(Map<String, JsonValue> byName) implements JsonValue {
    @Override
    public String kind() {
      return "object";
    }
  }

  record Elements(List<JsonValue> inOrder) implements JsonValue {
    @Override
    public String kind() {
      return "array";
    }
  }

  /** An object with more members, or an array with more elements, than are kept. */
  record Overfull(String kind, int most) implements JsonValue {
    boolean isObject() {
      return kind.equals(JsonValue.kind(JsonToken.START_OBJECT));
    }
  }

  /** A series within an object. */
  record Series(TsField points) implements JsonValue {
    @Override
    public String kind() {
      return "series";
    }
  }

  /** An array or object in a field that does not hold one. */
  record Structure(String kind) implements JsonValue {}

  private static JsonValue readSmallObject(JsonParser parser, Room room) throws IOException {
    return parser.currentToken() == JsonToken.START_OBJECT
        ? readObject(parser, room, MAX_OBJECT_MEMBERS)
        : readScalar(parser, room);
  }

  /** Reads the object that begins at the current token, to its end, with its members. */
  static JsonValue readObject(JsonParser parser, Room room) throws IOException {
    return readObject(parser, room, ReadCosts.MAX_MEMBERS);
  }

  private static JsonValue readObject(JsonParser parser, Room room, int most) throws IOException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    boolean overfull = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      overfull |= members.size() == most && !members.containsKey(name);
      if (overfull) {
        parser.skipChildren();
      } else {
        room.take(members.containsKey(name) ? 0 : ReadCosts.member(name.length()));
        members.put(name, readScalar(parser, room));
      }
    }
    return overfull ? new Overfull(kind(JsonToken.START_OBJECT), most) : new Members(members);
  }

  /** Reads the array that begins at the current token, to its end, with its elements. */
  static JsonValue readList(JsonParser parser, Room room) throws IOException {
    return readElements(parser, room, ReadCosts.MAX_MEMBERS, JsonValue::readScalar);
  }

  /** Reads an array like {@link #readList}, with the members of elements that are objects. */
  static JsonValue readObjectList(JsonParser parser, Room room) throws IOException {
    return readElements(parser, room, MAX_OBJECTS, JsonValue::readSmallObject);
  }

  /** Reads one element of an array. */
  @FunctionalInterface
  interface ElementReader {
    JsonValue read(JsonParser parser, Room room) throws IOException;
  }

  private static JsonValue readElements(
      JsonParser parser, Room room, int most, ElementReader reader) throws IOException {
    List<JsonValue> elements = new ArrayList<>();
    boolean overfull = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      overfull |= elements.size() == most;
      if (overfull) {
        parser.skipChildren();
      } else {
        room.take(ReadCosts.member(0));
        elements.add(reader.read(parser, room));
      }
    }
    return overfull ? new Overfull(kind(JsonToken.START_ARRAY), most) : new Elements(elements);
  }

  /** Reads the value that begins at the current token, to its end. */
  static JsonValue readScalar(JsonParser parser, Room room) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case VALUE_STRING -> new Text(text(parser, room));
      case VALUE_NUMBER_INT -> new Whole(text(parser, room));
      case VALUE_NUMBER_FLOAT -> new Fraction(Double.parseDouble(text(parser, room)));
      case VALUE_TRUE -> new Truth(true);
      case VALUE_FALSE -> new Truth(false);
      case START_ARRAY, START_OBJECT -> {
        parser.skipChildren();
        yield new Structure(kind(token));
      }
      default -> new Null();
    };
  }

  private static String text(JsonParser parser, Room room) throws IOException {
    // The parser's buffers give the length before the string is created.
    room.take(ReadCosts.text(parser.getTextLength()));
    return parser.getText();
  }

  /** Returns the name for users of a value that begins with this token. */
  static String kind(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "array";
      case START_OBJECT -> "object";
      case VALUE_STRING -> "string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
      case VALUE_TRUE, VALUE_FALSE -> "boolean";
      default -> "null";
    };
  }
}
