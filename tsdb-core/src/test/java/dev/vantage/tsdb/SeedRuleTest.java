package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests of all modules take what is random in a run from {@code testkit.Seeds}. */
class SeedRuleTest {
  private static final Pattern RANDOM =
      Pattern.compile(
          "Long\\.getLong\\(|new Random(Series)?\\((\\)|System)|new SplittableRandom\\(\\)"
              + "|ThreadLocalRandom|Math\\.random\\(");

  @Test
  void seedsComeFromOneClass() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> sources = sources();
    assertTrue(sources.size() > 200, "sources=" + sources.size());
    for (Path source : sources) {
      if (!source.endsWith("Seeds.java") && !source.endsWith("SeedRuleTest.java")) {
        List<String> lines = Files.readAllLines(source);
        for (int i = 0; i < lines.size(); i++) {
          if (RANDOM.matcher(lines.get(i)).find()) {
            found.add(source.getFileName() + ":" + (i + 1) + ": " + lines.get(i).strip());
          }
        }
      }
    }
    assertEquals(List.of(), found);
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    Path project = Path.of(System.getProperty("tsdb.project"));
    for (String module : List.of("tsdb-core", "tsdb-server", "tsdb-client", "benchmarks")) {
      try (Stream<Path> files = Files.walk(project.resolve(module).resolve("src/test/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }
}
