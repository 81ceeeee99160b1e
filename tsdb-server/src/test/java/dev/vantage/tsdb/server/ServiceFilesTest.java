package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/** The unit of systemd and the description of a container name files and options that exist. */
class ServiceFilesTest {
  private static final Path PROJECT = Path.of(System.getProperty("tsdb.project"));
  private static final Path UNIT =
      PROJECT.resolve("tsdb-server/src/dist/systemd/tsdb-server.service");
  private static final Path CONTAINER = PROJECT.resolve("tsdb-server/Containerfile");
  private static final Path ARCHIVE = PROJECT.resolve("tsdb-client/src/dist/archive.xml");
  private static final Pattern OPTION = Pattern.compile("(?<=tsdb-server[\" ,].{0,200})--[a-z-]+");

  @TempDir private Path directory;

  @Test
  void bothStartTheServerWithOptionsThatItHas() throws IOException {
    CommandSpec server = ServerMain.commandLine().getCommandSpec();
    for (Path file : List.of(UNIT, CONTAINER)) {
      String command =
          Files.readString(file)
              .replace("\\\n", "")
              .lines()
              .filter(line -> line.matches("(ExecStart=|ENTRYPOINT ).*"))
              .findFirst()
              .orElseThrow();
      assertTrue(command.contains("/opt/tsdb/bin/tsdb-server"), command);
      List<String> options = OPTION.matcher(command).results().map(MatchResult::group).toList();
      assertTrue(!options.isEmpty(), command);
      options.forEach(option -> assertTrue(server.findOption(option) != null, option));
    }
  }

  @Test
  void theContainerIsMadeOfTheArchive() throws IOException {
    assertTrue(Files.readString(CONTAINER).contains("ADD tsdb-client/target/tsdb-*.tar.gz /opt/"));
    String archive = Files.readString(ARCHIVE);
    assertTrue(archive.contains("<format>tar.gz</format>"), archive);
    assertTrue(archive.contains("tsdb-server/bin/tsdb-server</source>"), archive);
  }

  @Test
  void systemdFindsNothingWrongWithTheUnit() throws Exception {
    Path verifier = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.isExecutable(verifier), "there is no systemd-analyze");
    Path unit = directory.resolve("tsdb-server.service");
    // Neither the programs nor their user are installed here.
    Files.writeString(
        unit,
        Files.readString(UNIT)
            .replace("/opt/tsdb/bin/tsdb-server", "/bin/true")
            .replace("=tsdb\nGroup=tsdb", "=root\nGroup=root"));
    Process process =
        new ProcessBuilder(verifier.toString(), "--man=no", "verify", unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", said);
    assertEquals(0, process.waitFor());
  }
}
