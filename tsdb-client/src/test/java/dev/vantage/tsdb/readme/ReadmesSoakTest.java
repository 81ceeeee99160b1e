package dev.vantage.tsdb.readme;

import dev.vantage.tsdb.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The READMEs from a clean checkout, with the blocks that take minutes or more than one machine.
 */
@Tag("soak")
class ReadmesSoakTest {
  @TempDir private static Path temporary;
  private static Checkout checkout;

  @BeforeAll
  static void checkOut() throws IOException {
    checkout = Checkout.ofSources(temporary);
  }

  private static Stream<Page> pages() throws IOException {
    return Page.all().filter(page -> page.blocks().stream().anyMatch(Block::isSoak));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyStepWorks(Page page) throws Exception {
    new PageRunner(checkout, page, PageRunner.Depth.WHOLE, Programs.processes(), names()).follow();
  }

  /** The machine of the pages that has a PostgreSQL is this one. */
  private static Map<String, String> names() throws Exception {
    PostgresServer postgres = PostgresServer.shared();
    Map<String, String> names = PageRunner.freePorts();
    names.put("postgresql://astro@db.example:5432/stars", postgres.url(postgres.createDatabase()));
    return names;
  }
}
