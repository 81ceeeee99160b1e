package dev.vantage.tsdb.server;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.server.dispatch.EvalLimits;
import dev.vantage.tsdb.server.dispatch.RequestLimits;
import dev.vantage.tsdb.server.socket.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options that limit connections and requests. */
final class LimitOptions {
  private static final Limits CONNECTIONS = Limits.DEFAULT;
  private static final RequestLimits REQUESTS = RequestLimits.DEFAULT;

  private static final EvalLimits PROGRAMS = EvalLimits.DEFAULT;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "Connections served at once. Default: 10000, before Java 21 512.")
  private int maxConnections = CONNECTIONS.maxConnections();

  @Option(
      names = "--max-connections-per-address",
      paramLabel = "N",
      description = "Connections from one address. Default: as --max-connections.")
  private @Nullable Integer maxPerAddress;

  @Option(
      names = "--max-unauthenticated",
      paramLabel = "N",
      description =
          "Connections without a token yet; beyond it, the oldest of the address that has the most"
              + " are ended. Default: half of --max-connections.")
  private @Nullable Integer maxUnauthenticated;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      description = "How long a connection may be idle. Default: 10m.")
  private Duration idleTimeout = CONNECTIONS.idleTimeout();

  @Option(
      names = "--frame-timeout",
      paramLabel = "TIME",
      description = "The time for a frame to arrive. Default: 60s.")
  private Duration frameTimeout = CONNECTIONS.frameTimeout();

  @Option(
      names = "--hello-timeout",
      paramLabel = "TIME",
      description = "The time for a client to send its token. Default: 10s.")
  private Duration helloTimeout = CONNECTIONS.helloTimeout();

  @Option(
      names = "--response-timeout",
      paramLabel = "TIME",
      description = "The time for a client to receive an answer. Default: 60s.")
  private Duration responseTimeout = CONNECTIONS.responseTimeout();

  @Option(
      names = "--request-timeout",
      paramLabel = "TIME",
      description = "The time for a request, with waiting. Default: 60s.")
  private Duration requestTimeout = REQUESTS.timeout();

  @Option(
      names = "--drain-timeout",
      paramLabel = "TIME",
      description = "The time for requests in flight when the server stops. Default: 10s.")
  private Duration drainTimeout = CONNECTIONS.drainTimeout();

  @Option(
      names = "--max-frame",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "The longest frame that is accepted. Default: 64MiB.")
  private int maxFrame = CONNECTIONS.maxFrame();

  @Option(
      names = "--max-buffered",
      paramLabel = "SIZE",
      converter = LargeSizeConverter.class,
      description =
          "Memory that large requests and answers of all clients may take together. Default: a"
              + " quarter of the heap.")
  private @Nullable Long maxBuffered;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Reading requests executed at once; a quarter as many with conditions of more than 1000"
              + " characters. Default: 2 for each processor, at least 4.")
  private int workers = REQUESTS.workers();

  @Option(
      names = "--writers",
      paramLabel = "N",
      description =
          "Writing requests executed at once; they wait for the disk together. Default:"
              + " ${DEFAULT-VALUE}.")
  private int writers = REQUESTS.writers();

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "Requests of each kind that may wait for a worker; further ones are refused. Default:"
              + " ${DEFAULT-VALUE}.")
  private int queue = REQUESTS.queue();

  @Option(
      names = "--max-points",
      paramLabel = "N",
      description = "Points of a series in a request. Default: ${DEFAULT-VALUE}.")
  private int maxPoints = REQUESTS.maxPoints();

  @Option(
      names = "--max-k",
      paramLabel = "N",
      description = "Neighbors in one answer. Default: ${DEFAULT-VALUE}.")
  private int maxK = REQUESTS.maxK();

  @Option(
      names = "--max-ids",
      paramLabel = "N",
      description = "Ids or rows in one answer. Default: ${DEFAULT-VALUE}.")
  private int maxIds = REQUESTS.maxIds();

  @Option(
      names = "--max-attributes",
      paramLabel = "N",
      description = "Attributes of a series in a request. Default: ${DEFAULT-VALUE}.")
  private int maxAttributes = REQUESTS.attributes().perSeries();

  @Option(
      names = "--max-attribute-names",
      paramLabel = "N",
      description =
          "Attributes of the database; declared attributes stay. Default: ${DEFAULT-VALUE}.")
  private int maxAttributeNames = REQUESTS.attributes().perDatabase();

  @Option(
      names = "--eval-workers",
      paramLabel = "N",
      description = "Programs executed at once. Default: half of --workers, at least 1.")
  private @Nullable Integer evalWorkers;

  @Option(
      names = "--eval-chars",
      paramLabel = "N",
      description = "Chars of a program. Default: ${DEFAULT-VALUE}.")
  private long evalChars = PROGRAMS.chars();

  @Option(
      names = "--eval-steps",
      paramLabel = "N",
      description = "Steps of a program. Default: ${DEFAULT-VALUE}.")
  private long evalSteps = PROGRAMS.steps();

  @Option(
      names = "--eval-memory",
      paramLabel = "SIZE",
      converter = LargeSizeConverter.class,
      description = "Memory that a program may allocate in all. Default: 64MiB.")
  private long evalMemory = PROGRAMS.memory();

  @Option(
      names = "--eval-rows",
      paramLabel = "N",
      description = "Rows of a table in a program. Default: ${DEFAULT-VALUE}.")
  private long evalRows = PROGRAMS.rows();

  @Option(
      names = "--eval-searches",
      paramLabel = "N",
      description = "Searches of a program. Default: ${DEFAULT-VALUE}.")
  private long evalSearches = PROGRAMS.searches();

  /** Returns the limits on connections. */
  Limits limits() {
    Limits limits =
        new Limits(maxConnections, maxFrame, idleTimeout, frameTimeout, drainTimeout)
            .withResponseTimeout(responseTimeout);
    limits =
        limits.withUnauthenticated(
            maxUnauthenticated == null ? limits.maxUnauthenticated() : maxUnauthenticated,
            helloTimeout);
    if (maxPerAddress != null) {
      limits = limits.withMaxPerAddress(maxPerAddress);
    }
    return maxBuffered == null ? limits : limits.withMaxBuffered(maxBuffered);
  }

  /** Returns the limits on requests. */
  RequestLimits requests() {
    return new RequestLimits(
        workers,
        writers,
        queue,
        requestTimeout,
        maxPoints,
        maxK,
        maxIds,
        new AttributeLimits(maxAttributes, maxAttributeNames),
        programs());
  }

  private EvalLimits programs() {
    int half = Math.max(1, workers / 2);
    return new EvalLimits(
        evalWorkers == null ? half : evalWorkers,
        evalChars,
        evalSteps,
        evalMemory,
        evalRows,
        evalSearches);
  }

  /** Reads sizes; other options of type int are plain numbers. */
  static final class SizeConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return Units.bytes(text);
    }
  }

  /** Reads sizes that may exceed an int. */
  static final class LargeSizeConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Units.manyBytes(text);
    }
  }
}
