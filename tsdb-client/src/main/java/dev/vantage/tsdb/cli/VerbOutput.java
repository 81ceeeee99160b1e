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
 * @param warnings what standard error says, line by line, whatever the format
 */
record VerbOutput(
    JsonNode payload,
    Table exact,
    Optional<Table> readable,
    List<String> notes,
    List<String> warnings) {
  VerbOutput {
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }

  /** An answer whose rows people read as they are. */
  static VerbOutput of(JsonNode payload, Table exact) {
    return new VerbOutput(payload, exact, Optional.of(exact), List.of(), List.of());
  }

  /** The same answer, with other rows for people. */
  VerbOutput readAs(Table rounded) {
    return new VerbOutput(payload, exact, Optional.of(rounded), notes, warnings);
  }

  /** The same answer, which people read as one line. */
  VerbOutput inWords(String line) {
    return new VerbOutput(payload, exact, Optional.empty(), List.of(line), warnings);
  }

  /** The same answer, with lines for people after the rows. */
  VerbOutput withNotes(List<String> lines) {
    return new VerbOutput(payload, exact, readable, lines, warnings);
  }

  /** The same answer, with lines for standard error. */
  VerbOutput withWarnings(List<String> lines) {
    return new VerbOutput(payload, exact, readable, notes, lines);
  }
}
