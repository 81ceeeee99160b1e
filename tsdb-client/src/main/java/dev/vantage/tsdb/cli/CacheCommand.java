package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.client.ServerCache;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.protocol.op.ClearCache;
import dev.vantage.tsdb.protocol.op.ConfigureCache;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    description = "Shows, configures or clears the cache of answers of a server.",
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
      description =
          "Shows the size and the hit rate of the cache, since the server started and in "
              + "the last 10 minutes: a line for each minute, or in JSON and CSV a sample for "
              + "every 5 seconds.")
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
      description = "Changes the capacity and the eviction policy, and shows both.")
  static final class Config extends OfCache {
    @Option(
        names = "--capacity",
        paramLabel = "MB",
        description = "The maximum size of the cache in MB; 0 turns it off.")
    private @Nullable Integer capacity;

    @Option(
        names = "--policy",
        paramLabel = "tinylfu|lru",
        description =
            "Which answers a full cache evicts: the least often requested of late "
                + "(tinylfu), or the least recently requested (lru). A change clears the cache.")
    private @Nullable CachePolicy policy;

    @Override
    VerbOutput ask(ServerCache cache) {
      CacheSettings settings = configured(cache);
      return VerbOutput.of(
              ConfigureCache.payload(settings).toTree(),
              TextTable.ofOne(
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
      description = "Drops all cached answers.")
  static final class Clear extends OfCache {
    @Override
    VerbOutput ask(ServerCache cache) {
      long dropped = cache.clear();
      return VerbOutput.of(
              ClearCache.payload(dropped).toTree(),
              TextTable.ofOne(List.of("dropped"), List.of(Long.toString(dropped))))
          .inWords("dropped: " + dropped);
    }
  }
}
