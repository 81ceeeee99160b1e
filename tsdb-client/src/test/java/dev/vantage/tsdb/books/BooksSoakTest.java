package dev.vantage.tsdb.books;

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

/** The books again, from a clean checkout, with what takes minutes or more than one machine. */
@Tag("soak")
class BooksSoakTest {
  @TempDir private static Path temporary;
  private static Checkout checkout;

  @BeforeAll
  static void checkOut() throws IOException {
    checkout = Checkout.ofSources(temporary);
  }

  private static Stream<Book> books() throws IOException {
    return Book.all().filter(book -> book.blocks().stream().anyMatch(Block::isSoak));
  }

  @ParameterizedTest
  @MethodSource("books")
  void everyStepWorks(Book book) throws Exception {
    new Reader(checkout, book, Reader.Depth.WHOLE, Programs.processes(), names()).follow();
  }

  /** The machine of the books that has a PostgreSQL is this one. */
  private static Map<String, String> names() throws Exception {
    PostgresServer postgres = PostgresServer.shared();
    Map<String, String> names = Reader.freePorts();
    names.put("postgresql://astro@db.example:5432/stars", postgres.url(postgres.createDatabase()));
    return names;
  }
}
