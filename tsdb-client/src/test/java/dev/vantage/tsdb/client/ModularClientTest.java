package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.Settings;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program with a module descriptor uses the client. Its module path has neither the server, nor
 * what the command line alone needs, nor a logging backend.
 */
class ModularClientTest {
  private static final Pattern NEEDED =
      Pattern.compile(
          ".*(tsdb-(core|client)[/\\\\]target[/\\\\]classes|tsdb-(core|client)[^/\\\\]*\\.jar"
              + "|(HikariCP|commons-(codec|csv|io)|jackson-(annotations|core|databind)|postgresql"
              + "|slf4j-api|sqlite-jdbc)-[0-9][^/\\\\]*\\.jar)");

  private static final String DESCRIPTOR = "module stars { requires dev.vantage.tsdb.client; }\n";
  private static final String PROGRAM =
      """
      package stars;

      import dev.vantage.tsdb.Query;
      import dev.vantage.tsdb.client.ClientOptions;
      import dev.vantage.tsdb.client.TsdbClient;
      import dev.vantage.tsdb.series.TimeSeries;

      class Stars {
        public static void main(String[] arguments) {
          try (TsdbClient client = TsdbClient.connect(arguments[0], ClientOptions.DEFAULT)) {
            client.insert("a", TimeSeries.ofValues(3, 1, 4, 1, 5, 9, 2, 6));
            client.insert("b", TimeSeries.ofValues(5, 9, 2, 6, 3, 1, 4, 1));
            client
                .search(Query.like("a").nearest(1))
                .neighbors()
                .forEach(found -> System.out.println(found.id() + " " + found.lag()));
          }
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void aModuleNeedsNoMoreThanTheClient() throws IOException, InterruptedException {
    Path sources = directory.resolve("sources");
    Files.createDirectories(sources.resolve("stars"));
    Path descriptor = Files.writeString(sources.resolve("module-info.java"), DESCRIPTOR);
    Path program = Files.writeString(sources.resolve("stars").resolve("Stars.java"), PROGRAM);
    Path classes = directory.resolve("classes");
    compile("-d", classes.toString(), descriptor.toString(), program.toString());
    try (ServerProcess server =
        ServerProcess.start(directory.resolve("db"), Settings.DEFAULT.withLength(8))) {
      assertEquals("b 4\n", run(classes, server.address()));
    }
  }

  private static void compile(String... arguments) {
    StringWriter said = new StringWriter();
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    String[] all =
        Stream.concat(
                Stream.of("--module-path", modules(), "-Xlint:all", "-Werror"),
                Stream.of(arguments))
            .toArray(String[]::new);
    int code = javac.run(new PrintWriter(said), new PrintWriter(said), all);
    assertEquals(0, code, said::toString);
  }

  private String run(Path classes, String address) throws IOException, InterruptedException {
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                classes + File.pathSeparator + modules(),
                "--module",
                "stars/stars.Stars",
                address)
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), Files.readString(errors));
    return output.replace(System.lineSeparator(), "\n");
  }

  private static String modules() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(classPath.split(File.pathSeparator))
        .filter(path -> NEEDED.matcher(path).matches())
        .filter(path -> !path.endsWith("-tests.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
