package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.testkit.PublicForms;
import dev.vantage.tsdb.testkit.PublicTypes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of the client can be read without its documentation. */
class ClientFormsTest {
  @Test
  void callsShowWhatTheirArgumentsMean() throws IOException {
    List<Class<?>> types = PublicTypes.ofModuleWith(TsdbClient.class);
    assertEquals("", String.join("\n", PublicForms.unreadable(types)));
  }
}
