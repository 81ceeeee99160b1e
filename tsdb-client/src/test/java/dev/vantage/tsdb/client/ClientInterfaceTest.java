package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.MissingJavadoc;
import dev.vantage.tsdb.testkit.NullCalls;
import dev.vantage.tsdb.testkit.PublicTypes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for every public type of the exported package. */
class ClientInterfaceTest {
  @Test
  void everyClassHasAStringOfItsOwn() throws IOException {
    assertEquals(List.of(), PublicTypes.withoutString(PublicTypes.ofModuleWith(TsdbClient.class)));
  }

  /** The lint of the build leaves missing comments out, because it cannot tell what is exported. */
  @Tag("long")
  @Test
  void everyPublicMemberIsDescribed() throws IOException {
    List<String> missing = MissingJavadoc.in("tsdb-client", PublicTypes.packages(TsdbClient.class));
    assertEquals("", String.join("\n", missing));
  }

  @Test
  void nullsAreRefusedByName() throws IOException {
    try (PlainServer server = PlainServer.start(PlainServer.pongAfter(() -> {}));
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      List<String> unrefused =
          new NullCalls(samples(client)).unrefused(PublicTypes.ofModuleWith(TsdbClient.class));
      assertEquals("", String.join("\n", unrefused));
    }
  }

  private static Map<Class<?>, Object> samples(TsdbClient client) {
    Map<Class<?>, Object> samples = new HashMap<>();
    samples.put(String.class, "127.0.0.1:1");
    samples.put(InetSocketAddress.class, new InetSocketAddress("127.0.0.1", 1));
    samples.put(Path.class, Path.of("none"));
    samples.put(Duration.class, Duration.ofSeconds(1));
    samples.put(AccessToken.class, AccessToken.of("secret"));
    samples.put(CacheSettings.class, CacheSettings.DEFAULT);
    samples.put(ClientOptions.class, ClientOptions.DEFAULT);
    samples.put(ClientSecurity.class, ClientSecurity.NONE);
    samples.put(ServerCache.class, client.cache());
    samples.put(TsdbClient.class, client);
    samples.put(LanguageOptions.class, LanguageOptions.DEFAULT);
    samples.put(IdQuery.class, IdQuery.first(1));
    samples.put(Select.class, Select.all());
    samples.put(Query.class, Query.like("rr-1"));
    samples.put(AttributeChanges.class, AttributeChanges.none());
    samples.put(SeriesEntry.class, new SeriesEntry("rr-1", TimeSeries.ofValues(1, 2, 3)));
    return samples;
  }
}
