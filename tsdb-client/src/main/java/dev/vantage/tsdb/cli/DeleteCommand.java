package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.protocol.op.Delete;
import dev.vantage.tsdb.series.SeriesIds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes series. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Removes series. If one is a vantage point, another series replaces it. An "
            + "unknown id does not keep the other series from being removed; exit code 1 says "
            + "that there was one.")
final class DeleteCommand extends Verb {
  private static final int MOST_NAMED = 10;
  private static final String NEAREST = ", nearest=";

  @Parameters(paramLabel = "ID", arity = "1..*", description = "The ids of the series.")
  private List<String> ids;

  @Override
  public Integer call() {
    ids.forEach(SeriesIds::check);
    try (Tsdb database = openForWriting()) {
      List<String> deleted = new ArrayList<>();
      try {
        delete(new LinkedHashSet<>(ids), database, deleted);
      } finally {
        // Removals are durable, so they are told even if a later one fails.
        if (!deleted.isEmpty()) {
          print(answer(deleted));
        }
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private static void delete(Set<String> ids, Tsdb database, List<String> deleted) {
    List<String> unknown = new ArrayList<>();
    for (String id : ids) {
      try {
        database.delete(id);
        deleted.add(id);
      } catch (UnknownIdException e) {
        if (ids.size() == 1) {
          throw e;
        }
        unknown.add(id + nearest(e));
      }
    }
    if (!unknown.isEmpty()) {
      throw new UnknownIdException(
          "every id must be the id of a series; all others are deleted: unknown="
              + unknown.size()
              + ", ids="
              + String.join(", ", unknown.subList(0, Math.min(MOST_NAMED, unknown.size()))));
    }
  }

  /** Returns the part of a message that names the ids like an unknown one. */
  private static String nearest(UnknownIdException failure) {
    String message = String.valueOf(failure.getMessage());
    int at = message.indexOf(NEAREST);
    return at < 0 ? "" : " (" + message.substring(at + ", ".length()) + ")";
  }

  private VerbOutput answer(List<String> deleted) {
    List<List<String>> rows = deleted.stream().map(List::of).toList();
    return VerbOutput.of(payload(deleted), TextTable.of(List.of("id"), rows))
        .inWords(deleted.stream().map(id -> "deleted " + id).toArray(String[]::new));
  }

  private JsonNode payload(List<String> deleted) {
    if (ids.size() == 1) {
      return Delete.payload(deleted.get(0)).toTree();
    }
    ArrayNode payloads = JsonNodeFactory.instance.arrayNode();
    deleted.forEach(id -> payloads.add(Delete.payload(id).toTree()));
    return payloads;
  }
}
