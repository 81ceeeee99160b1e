package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer of a verb, in all formats.
 *
 * @param payload the JSON document
 * @param exact the rows of comma-separated values, with every digit
 * @param readable the tables to print, with an empty line between two; empty to print only the
 *     notes
 * @param notes the lines after the tables
 * @param warnings the lines for standard error, in every format
 * @param isNotice whether the notes say only that the verb is done
 */
record VerbOutput(
    JsonNode payload,
    TextTable exact,
    List<TextTable> readable,
    List<String> notes,
    List<String> warnings,
    boolean isNotice) {
  VerbOutput {
    readable = List.copyOf(readable);
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }

  /** Creates an answer with the same rows in CSV and in the table. */
  static VerbOutput of(JsonNode payload, TextTable exact) {
    return new VerbOutput(payload, exact, List.of(exact), List.of(), List.of(), false);
  }

  /** Returns the same answer with other tables to read. */
  VerbOutput readAs(List<TextTable> tables) {
    return new VerbOutput(payload, exact, tables, notes, warnings, isNotice);
  }

  /** Returns the same answer with a notice in place of the table: that the verb is done. */
  VerbOutput inWords(String... lines) {
    return new VerbOutput(payload, exact, List.of(), List.of(lines), warnings, true);
  }

  /** Returns the same answer with these lines after the table. */
  VerbOutput withNotes(List<String> lines) {
    return new VerbOutput(payload, exact, readable, lines, warnings, isNotice);
  }

  /** Returns the same answer with lines for standard error before its own. */
  VerbOutput withFirstWarnings(List<String> lines) {
    List<String> all = new ArrayList<>(lines);
    all.addAll(warnings);
    return withWarnings(all);
  }

  /** Returns the same answer with lines for standard error. */
  VerbOutput withWarnings(List<String> lines) {
    return new VerbOutput(payload, exact, readable, notes, lines, isNotice);
  }
}
