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

/** Reads JSON of several levels. A member {@code ts} of an object is read as a series. */
final class JsonTree {
  /** The levels that are kept; what is deeper becomes a {@link JsonValue.Structure}. */
  private static final int MAX_LEVELS = 64;

  static final String SERIES = "ts";

  private final JsonParser parser;
  private final int maxPoints;
  private final Room room;

  private JsonTree(JsonParser parser, int maxPoints, Room room) {
    this.parser = parser;
    this.maxPoints = maxPoints;
    this.room = room;
  }

  /** Reads the value that begins at the current token, to its end. */
  static JsonValue read(JsonParser parser, int maxPoints, Room room) throws IOException {
    return new JsonTree(parser, maxPoints, room).value(MAX_LEVELS);
  }

  private JsonValue value(int levels) throws IOException {
    JsonToken token = parser.currentToken();
    if (levels > 0 && token == JsonToken.START_OBJECT) {
      return object(levels - 1);
    }
    return levels > 0 && token == JsonToken.START_ARRAY
        ? array(levels - 1)
        : JsonValue.readScalar(parser, room);
  }

  private JsonValue object(int levels) throws IOException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    boolean overfull = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      overfull |= members.size() == ReadCosts.MAX_MEMBERS && !members.containsKey(name);
      if (overfull) {
        parser.skipChildren();
        continue;
      }
      room.take(members.containsKey(name) ? 0 : ReadCosts.member(name.length()));
      boolean isSeries = name.equals(SERIES) && levels < MAX_LEVELS - 1;
      members.put(
          name,
          isSeries ? new JsonValue.Series(TsField.read(parser, maxPoints, room)) : value(levels));
    }
    return overfull
        ? new JsonValue.Overfull(JsonValue.kind(JsonToken.START_OBJECT), ReadCosts.MAX_MEMBERS)
        : new JsonValue.Members(members);
  }

  private JsonValue array(int levels) throws IOException {
    List<JsonValue> elements = new ArrayList<>();
    boolean overfull = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      overfull |= elements.size() == ReadCosts.MAX_MEMBERS;
      if (overfull) {
        parser.skipChildren();
      } else {
        room.take(ReadCosts.member(0));
        elements.add(value(levels));
      }
    }
    return overfull
        ? new JsonValue.Overfull(JsonValue.kind(JsonToken.START_ARRAY), ReadCosts.MAX_MEMBERS)
        : new JsonValue.Elements(elements);
  }
}
