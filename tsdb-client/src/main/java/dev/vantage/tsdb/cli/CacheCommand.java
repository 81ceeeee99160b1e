package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.client.ServerCache;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.protocol.op.ClearCache;
import dev.vantage.tsdb.protocol.op.ConfigureCache;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows, changes or empties the cache of a server. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Shows, changes or empties what a server keeps of its answers.",
    subcommands = {CacheCommand.Stats.class, CacheCommand.Config.class, CacheCommand.Clear.class})
final class CacheCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "stats, config or clear is missing");
  }

  /** The common part of the subcommands. */
  private abstract static class OfCache extends Verb {
    abstract VerbOutput ask(ServerCache cache);

    @Override
    public final Integer call() {
      try (TsdbClient server = connect("a cache")) {
        print(ask(server.cache()));
      }
      return CommandLine.ExitCode.OK;
    }
  }

  /** Shows the statistics of the cache. */
  @Command(
      name = "stats",
      mixinStandardHelpOptions = true,
      versionProvider = TsdbCommand.Version.class,
      description = {
        "Shows what is kept and how often it helped, since the server started and in the last 10",
        "minutes: a line a minute, or in JSON and CSV one for every 5 seconds."
      })
  static final class Stats extends OfCache {
    @Override
    VerbOutput ask(ServerCache cache) {
      return CacheAnswer.of(cache.stats());
    }
  }

  /** Shows or changes the settings of the cache. */
  @Command(
      name = "config",
      mixinStandardHelpOptions = true,
      versionProvider = TsdbCommand.Version.class,
      description = "Changes how much is kept and what goes first, and shows both.")
  static final class Config extends OfCache {
    @Option(
        names = "--capacity",
        paramLabel = "MB",
        description = "The most MB that answers may take; 0 keeps none.")
    private Integer capacity;

    @Option(
        names = "--policy",
        paramLabel = "tinylfu|lru",
        description = {
          "What goes when there is more: what was asked for least often of late (tinylfu), or",
          "longest ago (lru). A change begins with nothing."
        })
    private CachePolicy policy;

    @Override
    VerbOutput ask(ServerCache cache) {
      CacheSettings settings = configured(cache);
      return VerbOutput.of(
              ConfigureCache.payload(settings).toTree(),
              Table.ofOne(
                  List.of("capacity_mb", "policy"),
                  List.of(Integer.toString(settings.capacityMb()), settings.policy().label())))
          .inWords(CacheAnswer.words(settings));
    }

    private CacheSettings configured(ServerCache cache) {
      if (capacity == null) {
        return policy == null ? cache.settings() : cache.configure(policy);
      }
      return policy == null
          ? cache.configure(capacity)
          : cache.configure(new CacheSettings(capacity, policy));
    }
  }

  /** Drops all cached answers. */
  @Command(
      name = "clear",
      mixinStandardHelpOptions = true,
      versionProvider = TsdbCommand.Version.class,
      description = "Drops all answers that are kept.")
  static final class Clear extends OfCache {
    @Override
    VerbOutput ask(ServerCache cache) {
      long dropped = cache.clear();
      return VerbOutput.of(
              ClearCache.payload(dropped).toTree(),
              Table.ofOne(List.of("dropped"), List.of(Long.toString(dropped))))
          .inWords("dropped: " + dropped);
    }
  }
}
