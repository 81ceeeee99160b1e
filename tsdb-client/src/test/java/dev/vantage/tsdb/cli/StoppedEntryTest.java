package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.language.LanguageOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An interrupt stops an entry also where it comes between two of its forms. */
class StoppedEntryTest {
  @Test
  void anInterruptBetweenFormsIsNotLost() {
    StringWriter written = new StringWriter();
    PrintWriter terminal =
        new PrintWriter(written) {
          @Override
          public void write(String text, int offset, int length) {
            super.write(text, offset, length);
            if (text.contains("gun")) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          try (Tsdb database = Tsdb.inMemory(Settings.DEFAULT, 1)) {
            QuerySession session =
                new QuerySession(
                    database,
                    LanguageOptions.DEFAULT,
                    OutputFormat.TABLE,
                    terminal,
                    System::nanoTime);
            session.answer("(define (f n) (f (+ n 1))) (list \"be\" \"gun\") (f 0)", 20);
          }
        });
    assertTrue(written.toString().contains("stopped at line 1"), written::toString);
  }
}
