package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.Count;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Counts series. */
@Command(
    name = "count",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Counts series: all, or the series that meet a condition.",
    sortOptions = false)
final class CountCommand extends Verb.Reading {
  @Mixin private WhereOption where;

  @Override
  void check() {
    where.condition();
  }

  @Override
  VerbOutput ask(Tsdb database) {
    IdQuery query = where.condition().map(IdQuery.all()::where).orElse(IdQuery.all());
    long count = where.pointing(() -> database.count(query));
    return VerbOutput.of(
        Count.payload(count).toTree(),
        TextTable.ofOne(List.of("count"), List.of(Long.toString(count))));
  }
}
