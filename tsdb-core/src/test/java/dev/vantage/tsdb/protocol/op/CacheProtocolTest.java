package dev.vantage.tsdb.protocol.op;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.CacheStats;
import dev.vantage.tsdb.CacheStats.Sample;
import dev.vantage.tsdb.CacheStats.Use;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Json;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Room;
import dev.vantage.tsdb.protocol.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations on the cache of answers. */
class CacheProtocolTest {
  private static final CacheSettings SETTINGS = new CacheSettings(5, CachePolicy.LRU);
  private static final CacheStats STATS =
      new CacheStats(
          SETTINGS,
          2,
          300,
          new Use(8, 2, 1),
          List.of(new Sample(Instant.ofEpochMilli(1_714_594_500_250L), 1, 150, new Use(0, 0, 0))));

  @Test
  void requests() {
    for (Request request :
        List.of(
            new CacheStatistics(),
            new ClearCache(),
            new ConfigureCache(OptionalInt.empty(), Optional.empty()),
            new ConfigureCache(OptionalInt.of(0), Optional.empty()),
            new ConfigureCache(OptionalInt.of(1 << 20), Optional.of(CachePolicy.TINYLFU)),
            new ConfigureCache(OptionalInt.empty(), Optional.of(CachePolicy.LRU)))) {
      Envelope envelope = Envelope.read(Requests.encode(request, Optional.empty()));
      assertEquals(request, envelope.request());
      assertEquals(Optional.of(request.op().label()), envelope.op());
    }
  }

  @Test
  void anIntegerMayBeWrittenWithAFraction() {
    byte[] body = "{\"op\":\"cache_config\",\"capacity_mb\":128.0}".getBytes(UTF_8);
    assertEquals(
        new ConfigureCache(OptionalInt.of(128), Optional.empty()), Envelope.read(body).request());
  }

  @Test
  void payloads() {
    assertEquals(SETTINGS, ConfigureCache.answer(sent(ConfigureCache.payload(SETTINGS).toTree())));
    assertEquals(STATS, CacheStatistics.answer(sent(CacheStatistics.payload(STATS).toTree())));
    assertEquals(7, ClearCache.answer(sent(ClearCache.payload(7).toTree())));
  }

  @Test
  void payloadsOnTheWire() {
    assertEquals(
        "{\"capacity_mb\":5,\"policy\":\"lru\"}",
        Json.toText(ConfigureCache.payload(SETTINGS).toTree()));
    assertEquals("{\"dropped\":7}", Json.toText(ClearCache.payload(7).toTree()));
    assertEquals(
        "{\"capacity_mb\":5,\"policy\":\"lru\",\"items\":2,\"bytes\":300,\"requests\":8,"
            + "\"hits\":2,\"misses\":6,\"hit_rate\":0.25,\"miss_rate\":0.75,\"evictions\":1,"
            + "\"interval_ms\":5000,\"samples\":[{\"time\":\"2024-05-01T20:15:00.250Z\","
            + "\"items\":1,\"bytes\":150,\"requests\":0,\"hits\":0,\"misses\":0,"
            + "\"hit_rate\":null,\"miss_rate\":null,\"evictions\":0}]}",
        Json.toText(CacheStatistics.payload(STATS).toTree()));
  }

  @Test
  void ratesNeedRequests() {
    assertEquals(OptionalDouble.empty(), new Use(0, 0, 3).hitRate());
    assertEquals(OptionalDouble.empty(), new Use(0, 0, 3).missRate());
    assertEquals(OptionalDouble.of(1), new Use(4, 4, 0).hitRate());
    assertEquals(OptionalDouble.of(0), new Use(4, 4, 0).missRate());
    assertEquals(new Use(3, 2, 1), new Use(2, 1, 1).plus(new Use(1, 1, 0)));
    assertEquals(new Use(1, 1, 0), new Use(3, 2, 1).since(new Use(2, 1, 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'\"capacity_mb\":-1' | 'capacity_mb must be from 0 to 1048576: capacity_mb=-1'",
        "'\"capacity_mb\":1048577' | 'capacity_mb must be from 0 to 1048576: capacity_mb=1048577'",
        "'\"capacity_mb\":-99999999999999999999' | 'capacity_mb must be from 0 to 1048576'",
        "'\"capacity_mb\":99999999999999999999' | 'capacity_mb must be from 0 to 1048576'",
        "'\"capacity_mb\":1.5' | 'capacity_mb must be an integer: capacity_mb=number'",
        "'\"capacity_mb\":\"5\"' | 'capacity_mb must be an integer: capacity_mb=string'",
        "'\"policy\":\"LRU\"' | 'policy must be tinylfu or lru: policy=LRU'",
        "'\"policy\":\"fifo\"' | 'policy must be tinylfu or lru: policy=fifo'",
        "'\"policy\":3' | 'policy must be a string: policy=number'"
      })
  void badSettingsAreRefusedWithTheirRule(String field, String message) {
    Envelope envelope = envelope("{\"op\":\"cache_config\"," + field + "}");
    InvalidRequestException e = assertThrows(InvalidRequestException.class, envelope::request);
    assertTrue(e.getMessage().startsWith(message), e::getMessage);
    assertEquals(Status.INVALID_COMPONENT, Status.of(e));
  }

  @Test
  void changingACacheIsWriting() {
    assertTrue(Op.CACHE_CONFIG.writes());
    assertTrue(Op.CACHE_CLEAR.writes());
    assertTrue(!Op.CACHE_STATS.writes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"with_id\"}",
        "{\"op\":\"with_id\",\"tag\":\"t\"}",
        "{\"op\":\"with_id\",\"tag\":\"\"}",
        "{\"tag\":\"\\ud800 \\\"\\\\ \u00e9\\n\",\"op\":\"with_ts\"}",
        "{\"tag\":\"}\"}",
        "{}"
      })
  void aWrittenPayloadIsAnsweredByteForByteAsAnyOther(String body) {
    Envelope request = envelope(body);
    for (JsonNode payload :
        List.of(Ping.payload().toTree(), Ids.payload(List.of("a", "\u20ac}")).toTree())) {
      assertEquals(
          text(Response.ok(request.echo(), payload).encode()),
          text(
              Response.encodeOk(request.echo(), Json.toBody(Payload.of(payload), Room.ENDLESS))
                  .toBytes()));
    }
  }

  private static Envelope envelope(String body) {
    return Envelope.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static JsonNode sent(JsonNode payload) {
    try {
      return Json.read(Json.toBytes(payload));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
