package dev.vantage.tsdb.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.CacheStats;
import dev.vantage.tsdb.protocol.op.CacheStatistics;
import dev.vantage.tsdb.protocol.op.ClearCache;
import dev.vantage.tsdb.protocol.op.ConfigureCache;
import dev.vantage.tsdb.protocol.op.Request;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The cache of search answers in a server. Thread-safe. Every method throws the exceptions that the
 * methods of {@link TsdbClient} throw.
 */
public final class ServerCache {
  private final Function<Request, JsonNode> server;
  private final String client;

  /**
   * Creates a cache.
   *
   * @param server sends a request and returns the payload of the response
   * @param client the client that sends the requests, for people
   */
  ServerCache(Function<Request, JsonNode> server, String client) {
    this.server = server;
    this.client = client;
  }

  /** {@return the size of the cache and its hit counts} */
  public CacheStats stats() {
    return CacheStatistics.answer(server.apply(new CacheStatistics()));
  }

  /** {@return the settings in force} */
  public CacheSettings settings() {
    return stats().settings();
  }

  /**
   * Changes the capacity. The cache keeps the answers that fit.
   *
   * @param capacityMb the capacity in MB, 0 for no cache
   * @return the settings in force now
   * @throws dev.vantage.tsdb.InvalidRequestException if the server cannot have that capacity
   */
  public CacheSettings configure(int capacityMb) {
    return configure(new ConfigureCache(OptionalInt.of(capacityMb), Optional.empty()));
  }

  /**
   * Changes the policy. A new policy starts with an empty cache.
   *
   * @param policy which answers are evicted first
   * @return the settings in force now
   */
  public CacheSettings configure(CachePolicy policy) {
    Objects.requireNonNull(policy, "policy");
    return configure(new ConfigureCache(OptionalInt.empty(), Optional.of(policy)));
  }

  /**
   * Changes the capacity and the policy.
   *
   * @param settings both
   * @return the settings in force now
   * @throws dev.vantage.tsdb.InvalidRequestException if the server cannot have that capacity
   */
  public CacheSettings configure(CacheSettings settings) {
    Objects.requireNonNull(settings, "settings");
    return configure(
        new ConfigureCache(OptionalInt.of(settings.capacityMb()), Optional.of(settings.policy())));
  }

  private CacheSettings configure(ConfigureCache change) {
    return ConfigureCache.answer(server.apply(change));
  }

  /**
   * Drops all answers.
   *
   * @return the number of dropped answers
   */
  public long clear() {
    return ClearCache.answer(server.apply(new ClearCache()));
  }

  @Override
  public String toString() {
    return "ServerCache[client=" + client + "]";
  }
}
