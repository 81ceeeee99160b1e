package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.InvalidKeyException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Echo;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.op.Envelope;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The exception of a client depends on the kind of failure, not on its message or on the request.
 */
class FailureTypesTest {
  private static final ClientOptions ONCE = ClientOptions.DEFAULT.withRequestTries(1, () -> 0.0);
  private static final TimeSeries SERIES = TimeSeries.ofValues(1, 2, 3);

  private static PlainServer start(Function<Envelope, byte[]> answers) throws IOException {
    return PlainServer.start(
        socket -> {
          Optional<byte[]> body = PlainServer.read(socket);
          for (; body.isPresent(); body = PlainServer.read(socket)) {
            PlainServer.write(socket, answers.apply(Envelope.read(body.get())));
          }
        });
  }

  @Test
  void theKindIsTheType() throws IOException {
    for (Kind kind : Kind.values()) {
      Response answer = Response.failure(Echo.NONE, kind, "vantage point: attribute");
      Class<?> type = Failures.toException(answer).getClass();
      try (PlainServer server =
              start(
                  asked ->
                      Response.failure(asked.echo(), kind, "vantage point: attribute").encode());
          TsdbClient client = TsdbClient.connect(server.address(), ONCE)) {
        assertEquals(
            type,
            assertThrows(RuntimeException.class, () -> client.insert("a", SERIES)).getClass());
        assertEquals(type, assertThrows(RuntimeException.class, client::stats).getClass());
      }
    }
  }

  @Test
  void withoutAKindKnownHereTheStatusIsTheType() throws IOException {
    assertThrown(InvalidKeyException.class, 3, "");
    assertThrown(InvalidRequestException.class, 4, "");
    assertThrown(InvalidKeyException.class, 3, ",\"kind\":\"unknown-job\"");
    assertThrown(UnavailableException.class, 6, ",\"kind\":\"unserved\"");
  }

  private static void assertThrown(Class<?> type, int status, String kind) throws IOException {
    String answer =
        "{\"op\":\"insert\",\"status\":%d,\"payload\":null,\"message\":\"attribute: vantage point\"%s}"
            .formatted(status, kind);
    try (PlainServer server = start(asked -> answer.getBytes(StandardCharsets.UTF_8));
        TsdbClient client = TsdbClient.connect(server.address(), ONCE)) {
      assertEquals(
          type, assertThrows(RuntimeException.class, () -> client.insert("a", SERIES)).getClass());
    }
  }
}
