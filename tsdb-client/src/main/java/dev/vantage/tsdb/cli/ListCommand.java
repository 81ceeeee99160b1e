package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Tsdb;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists ids in order. */
@Command(name = "list", description = "Lists ids in order.")
final class ListCommand extends Verb.Reading {
  @Option(names = "--after", paramLabel = "TEXT", description = "Lists the ids after this text.")
  private String after;

  @Option(names = "--limit", paramLabel = "N", description = "The most ids to list; default all.")
  private Long limit;

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description = "A condition on attributes that every series meets.")
  private String where;

  @Override
  void check() {
    SimilarCommand.refuseWhere(where);
    if (limit != null && limit < 1) {
      throw new InvalidRequestException("limit must be >= 1: limit=" + limit);
    }
  }

  @Override
  Answer ask(Tsdb database) {
    Ids ids = new Ids(database, Optional.ofNullable(after), limit == null ? Long.MAX_VALUE : limit);
    return Answer.of(ids, ids.rows());
  }
}
