package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * What became of the series of an import.
 *
 * @param imported how many are new
 * @param replaced how many took the place of another
 * @param refused how many there were reasons to leave out
 * @param unreadable how many files could not be read
 */
record ImportTally(long imported, long replaced, long refused, long unreadable) {
  static final ImportTally NOTHING = new ImportTally(0, 0, 0, 0);

  ImportTally plus(ImportTally more) {
    return new ImportTally(
        imported + more.imported,
        replaced + more.replaced,
        refused + more.refused,
        unreadable + more.unreadable);
  }

  boolean isClean() {
    return refused == 0 && unreadable == 0;
  }

  JsonNode payload() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("imported", imported)
        .put("replaced", replaced)
        .put("refused", refused)
        .put("unreadable", unreadable);
  }

  Answer answer() {
    return Answer.of(
            payload(),
            Table.ofOne(
                List.of("imported", "replaced", "refused", "unreadable"),
                List.of(
                    Long.toString(imported),
                    Long.toString(replaced),
                    Long.toString(refused),
                    Long.toString(unreadable))))
        .inWords(toString());
  }

  @Override
  public String toString() {
    return "imported "
        + imported
        + ", replaced "
        + replaced
        + ", refused "
        + refused
        + (unreadable == 0 ? "" : ", unreadable files " + unreadable);
  }
}
