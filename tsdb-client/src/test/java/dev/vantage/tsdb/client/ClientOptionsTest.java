package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.InvalidRequestException;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ClientOptionsTest {
  private static final ClientOptions DEFAULT = ClientOptions.DEFAULT;
  private static final DoubleSupplier RANDOM = () -> 0.5;

  @Test
  void eachChangeKeepsTheOtherOptions() {
    ClientOptions options =
        DEFAULT
            .withConnectTimeout(Duration.ofSeconds(11))
            .withConnectTries(12)
            .withMaxConnections(13)
            .withMaxFrame(1400)
            .withRequestTimeout(Duration.ofSeconds(15))
            .withRequestTries(16, RANDOM)
            .withSecurity(ClientSecurity.NONE.withTls());
    assertEquals(Duration.ofSeconds(11), options.connectTimeout());
    assertEquals(12, options.connectTries());
    assertEquals(13, options.maxConnections());
    assertEquals(1400, options.maxFrame());
    assertEquals(Duration.ofSeconds(15), options.requestTimeout());
    assertEquals(16, options.requestTries());
    assertEquals(RANDOM, options.random());
    assertEquals(ClientSecurity.NONE.withTls(), options.security());
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertRefused(
        "connect timeout must be greater than 0: connect timeout=PT0S",
        () -> DEFAULT.withConnectTimeout(Duration.ZERO));
    assertRefused("connect tries must be >= 1: connect tries=0", () -> DEFAULT.withConnectTries(0));
    assertRefused("connections must be >= 1: connections=0", () -> DEFAULT.withMaxConnections(0));
    assertRefused("frame length must be >= 6: frame length=5", () -> DEFAULT.withMaxFrame(5));
    assertRefused(
        "request timeout must be greater than 0: request timeout=PT-1S",
        () -> DEFAULT.withRequestTimeout(Duration.ofSeconds(-1)));
    assertRefused(
        "request tries must be >= 1: request tries=0", () -> DEFAULT.withRequestTries(0, RANDOM));
  }

  private static void assertRefused(String message, Executable change) {
    assertEquals(message, assertThrows(InvalidRequestException.class, change).getMessage());
  }
}
