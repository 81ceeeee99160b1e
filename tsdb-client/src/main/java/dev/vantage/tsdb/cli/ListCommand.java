package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.Ids;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists ids. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Lists ids in order: of all series, or of the series that meet a condition.",
    sortOptions = false)
final class ListCommand extends Verb.Reading {
  private static final int PAGE = 10_000;

  @Mixin private WhereOption where;

  @Option(names = "--after", paramLabel = "ID", description = "Lists only ids after this id.")
  private @Nullable String after;

  @Option(names = "--limit", paramLabel = "N", description = "The maximum number of ids.")
  private @Nullable Integer limit;

  @Option(
      names = "--sparklines",
      description = "Shows each series as it is compared, as a curve of one line.")
  private boolean sparklines;

  @Override
  void check() {
    where.condition();
    if (limit != null && limit < 1) {
      throw new InvalidRequestException("limit must be >= 1: limit=" + limit);
    }
  }

  @Override
  VerbOutput ask(Tsdb database) {
    int most = limit != null ? limit : Integer.MAX_VALUE;
    List<String> ids = new ArrayList<>();
    String last = after == null ? "" : after;
    while (ids.size() < most) {
      int wanted = Math.min(PAGE, most - ids.size());
      List<String> page = page(database, last, wanted);
      ids.addAll(page);
      if (page.size() < wanted) {
        break;
      }
      last = page.get(page.size() - 1);
    }
    return sparklines ? CurveList.of(ids, database, format()) : listed(ids);
  }

  private static VerbOutput listed(List<String> ids) {
    return VerbOutput.of(
        Ids.payload(ids).toTree(),
        new TextTable(List.of("id"), ids.stream().map(List::of).iterator()));
  }

  private List<String> page(Tsdb database, String last, int wanted) {
    IdQuery all = IdQuery.first(wanted).after(last);
    IdQuery query = where.condition().map(all::where).orElse(all);
    return where.pointing(() -> database.ids(query));
  }
}
