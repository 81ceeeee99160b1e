package dev.vantage.tsdb.server;

import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.server.cache.ResultCache;
import picocli.CommandLine.Option;

/** The options for the cache of answers. */
final class CacheOptions {
  private static final CacheSettings DEFAULTS = ResultCache.defaultSettings();

  @Option(
      names = "--cache-mb",
      paramLabel = "N",
      description = "The maximum size of the cache of answers in MB; 0 turns it off. Default: 64.")
  private int capacityMb = DEFAULTS.capacityMb();

  @Option(
      names = "--cache-policy",
      paramLabel = "tinylfu|lru",
      description =
          "Which answers a full cache keeps: often or recently used ones. Default: tinylfu.")
  private CachePolicy policy = DEFAULTS.policy();

  CacheSettings settings() {
    return new CacheSettings(capacityMb, policy);
  }
}
