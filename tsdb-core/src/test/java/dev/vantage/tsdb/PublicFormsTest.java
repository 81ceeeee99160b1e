package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.testkit.PublicForms;
import dev.vantage.tsdb.testkit.PublicTypes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of the public interface can be read without its documentation. */
class PublicFormsTest {
  /** These booleans are values of attributes. */
  private static final String DATA =
      """
      boolean argument: dev.vantage.tsdb.series.AttributeValue$BooleanValue(boolean)
      boolean argument: dev.vantage.tsdb.series.Attributes.with(java.lang.String,boolean)""";

  @Test
  void callsShowWhatTheirArgumentsMean() throws IOException {
    List<Class<?>> types = PublicTypes.ofModuleWith(Tsdb.class);
    assertEquals(DATA, String.join("\n", PublicForms.unreadable(types)));
  }
}
