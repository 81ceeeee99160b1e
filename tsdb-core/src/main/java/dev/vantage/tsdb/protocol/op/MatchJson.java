package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.Match;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The members of a neighbor that say how it matches. Thread-safe. */
final class MatchJson {
  private MatchJson() {}

  /** Writes {@code sbd}, {@code reversed} and {@code alignment}, each only where there is one. */
  static void write(Match match, JsonGenerator out) throws IOException {
    if (match.shapeDistance().isPresent()) {
      out.writeNumberField("sbd", match.shapeDistance().getAsDouble());
    }
    if (match.isReversed()) {
      out.writeBooleanField("reversed", true);
    }
    if (!match.alignment().isEmpty()) {
      out.writeArrayFieldStart("alignment");
      for (Match.Pair pair : match.alignment()) {
        out.writeStartArray();
        out.writeNumber(pair.query());
        out.writeNumber(pair.neighbor());
        out.writeEndArray();
      }
      out.writeEndArray();
    }
  }

  /** Reads these members. */
  static Match read(JsonNode neighbor) {
    Match match = Match.PLAIN;
    if (neighbor.has("sbd")) {
      match = match.withShapeDistance(PayloadReader.number(neighbor.get("sbd")));
    }
    if (neighbor.path("reversed").asBoolean(false)) {
      match = match.reversed();
    }
    if (neighbor.has("alignment")) {
      List<Match.Pair> pairs = new ArrayList<>();
      for (JsonNode pair : PayloadReader.list(neighbor.get("alignment"))) {
        pairs.add(
            new Match.Pair(
                PayloadReader.integer(pair.required(0)), PayloadReader.integer(pair.required(1))));
      }
      match = match.withAlignment(pairs);
    }
    return match;
  }
}
