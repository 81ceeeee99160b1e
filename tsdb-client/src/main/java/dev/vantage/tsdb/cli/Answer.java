package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What a verb found, in the forms in which it can be printed.
 *
 * @param payload the JSON document
 * @param exact the rows of comma-separated values, with every digit
 * @param readable the rows for people, or empty if they read the notes alone
 * @param notes what people read after the rows, line by line
 */
record Answer(JsonNode payload, Table exact, Optional<Table> readable, List<String> notes) {
  Answer {
    notes = List.copyOf(notes);
  }

  /** An answer whose rows people read as they are. */
  static Answer of(JsonNode payload, Table exact) {
    return new Answer(payload, exact, Optional.of(exact), List.of());
  }

  /** The same answer, with other rows for people. */
  Answer readAs(Table rounded) {
    return new Answer(payload, exact, Optional.of(rounded), notes);
  }

  /** The same answer, which people read as one line. */
  Answer inWords(String line) {
    return new Answer(payload, exact, Optional.empty(), List.of(line));
  }

  /** The same answer, with lines for people after the rows. */
  Answer withNotes(List<String> lines) {
    return new Answer(payload, exact, readable, lines);
  }
}
