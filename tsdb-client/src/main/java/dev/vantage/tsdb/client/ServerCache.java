package dev.vantage.tsdb.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.CacheStats;
import dev.vantage.tsdb.protocol.op.CacheStatistics;
import dev.vantage.tsdb.protocol.op.ClearCache;
import dev.vantage.tsdb.protocol.op.ConfigureCache;
import dev.vantage.tsdb.protocol.op.Request;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The answers that a server keeps, to give them again without a search. Thread-safe; every method
 * throws what those of {@link TsdbClient} do.
 */
public final class ServerCache {
  private final Function<Request, JsonNode> server;

  /** A cache that is asked by requests to its server, each of which has a payload. */
  ServerCache(Function<Request, JsonNode> server) {
    this.server = server;
  }

  /** {@return what it holds, and how often it has helped} */
  public CacheStats stats() {
    return CacheStatistics.answer(server.apply(new CacheStatistics()));
  }

  /**
   * Changes how it works. A new capacity keeps what fits; a new policy begins with nothing.
   *
   * @param capacityMb the most MB that it may take, 0 for none; or empty to leave that
   * @param policy which answers go first when it is full; or empty to leave that
   * @return how it works now
   * @throws dev.vantage.tsdb.InvalidRequestException if the server cannot have that capacity
   */
  public CacheSettings configure(OptionalInt capacityMb, Optional<CachePolicy> policy) {
    return ConfigureCache.answer(server.apply(new ConfigureCache(capacityMb, policy)));
  }

  /**
   * Drops all answers.
   *
   * @return how many there were
   */
  public long clear() {
    return ClearCache.answer(server.apply(new ClearCache()));
  }
}
