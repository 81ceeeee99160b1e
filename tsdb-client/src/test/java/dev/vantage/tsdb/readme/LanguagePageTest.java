package dev.vantage.tsdb.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.language.Language;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.ProgramException;
import dev.vantage.tsdb.language.Stars;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The page of the query language: its programs give the output that it shows, and its reference is
 * that of the language. {@code -Dtsdb.write} writes both anew.
 */
@Tag("long")
class LanguagePageTest {
  private static final Path FILE = Path.of("tsdb-client", "LANGUAGE.md");
  private static final String PROGRAM = "```lisp";
  private static final String OUTPUT = "```lisp-output";
  private static final String END = "```";
  private static final String REFERENCE = "<!-- reference -->";

  /** The last cell of a row, if it is a program. */
  private static final Pattern CELL = Pattern.compile("^\\|.*\\| `(\\(.*\\))` \\|$");

  private static EmbeddedTsdb database;

  @BeforeAll
  static void open() throws IOException {
    database = Stars.open();
  }

  @AfterAll
  static void close() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void isAsItWouldBeWrittenAnew() throws IOException {
    List<String> lines = Page.read(FILE).lines();
    String made = made(lines);
    if (System.getProperty("tsdb.write") != null) {
      Files.writeString(Page.PROJECT.resolve(FILE), made);
    } else if (!PageRunner.areAlike(String.join("\n", lines), made)) {
      assertEquals(String.join("\n", lines) + "\n", made);
    }
  }

  @Test
  void programsInTablesRun() {
    int programs = 0;
    for (String line : Page.read(FILE).lines()) {
      Matcher cell = CELL.matcher(line);
      if (cell.matches()) {
        language().run(cell.group(1));
        programs++;
      }
    }
    assertTrue(programs > 5, "programs=" + programs);
  }

  /** Keeps the text, and makes the output of each program and all that follows the mark anew. */
  private static String made(List<String> lines) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < lines.size() && !lines.get(i).equals(REFERENCE); i++) {
      made.add(lines.get(i));
      if (lines.get(i).equals(PROGRAM)) {
        int end = i + lines.subList(i, lines.size()).indexOf(END);
        List<String> program = lines.subList(i + 1, end);
        made.addAll(program);
        made.addAll(List.of(END, "", OUTPUT));
        made.addAll(output(String.join("\n", program)));
        boolean hasOutput = end + 2 < lines.size() && lines.get(end + 2).equals(OUTPUT);
        i = hasOutput ? end + 2 + lines.subList(end + 2, lines.size()).indexOf(END) : end;
        made.add(END);
      }
    }
    made.add(REFERENCE);
    Language.reference().forEach(entry -> made.addAll(described(entry)));
    return String.join("\n", made) + "\n";
  }

  private static List<String> described(Language.Entry entry) {
    return List.of(
        "",
        "`" + entry.signature() + "`",
        "",
        "> " + entry.help().replace("<", "\\<"),
        "> `" + entry.example() + "` is `" + entry.value() + "`");
  }

  private static List<String> output(String program) {
    try {
      return language().runAll(program).stream()
          .flatMap(value -> value.toString().lines())
          .map(String::stripTrailing)
          .toList();
    } catch (ProgramException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static Language language() {
    return Language.over(database, LanguageOptions.DEFAULT.withFiles(LanguagePageTest::star));
  }

  private static TimeSeries star(String name) {
    assertEquals("new.csv", name);
    TimeSeries star = database.get("4099_g").series();
    return TimeSeries.of(star.times(), star.values());
  }
}
