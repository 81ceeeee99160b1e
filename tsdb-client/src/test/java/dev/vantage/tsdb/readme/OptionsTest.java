package dev.vantage.tsdb.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All options that READMEs mention exist in the programs. */
class OptionsTest {
  private static final Pattern INLINE = Pattern.compile("`[^`]+`");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  /** Those of Java and of the measurements, which no test of this module can ask. */
  private static final List<String> OTHERS =
      List.of("--help", "--add-modules", "--enable-native-access", "--scale", "--only");

  @Test
  void everyOptionIsOne() throws IOException {
    String declared = sources("tsdb-client") + sources("tsdb-server");
    try (Stream<Page> pages = Page.all()) {
      assertEquals(
          List.of(),
          pages
              .filter(page -> !page.file().startsWith("benchmarks"))
              .flatMap(page -> INLINE.matcher(page.prose()).results())
              .map(MatchResult::group)
              .flatMap(code -> OPTION.matcher(code).results())
              .map(MatchResult::group)
              .filter(
                  option -> !OTHERS.contains(option) && !declared.contains("\"" + option + "\""))
              .distinct()
              .toList());
    }
  }

  private static String sources(String module) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(Page.PROJECT.resolve(module).resolve("src/main"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
