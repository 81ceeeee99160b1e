package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual pages and the scripts for shells. */
class InstalledDocumentsTest {
  @TempDir private static Path directory;

  @BeforeAll
  static void write() throws Exception {
    Documents.main(new String[] {directory.toString()});
    String wide =
        IntStream.range(0, 3)
            .mapToObj(i -> "star-" + i + "\t1\t" + i + "\t3\n")
            .collect(Collectors.joining());
    Path rows = Files.writeString(directory.resolve("rows.tsv"), wide);
    String database = directory.resolve("db").toString();
    Run.here("create", "--db", database, "--length=16", "--vantage-points=1").answered();
    Run.here("import", "--db", database, "--as", "wide", rows.toString()).answered();
    Run.here("attributes", "add", "period", "double", "--db", database).answered();
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  @Test
  void theManualHasEveryVerbAndOption() throws Exception {
    String page = Files.readString(directory.resolve("man/man1/tsdb.1"));
    for (String verb : Verbs.ALL.keySet()) {
      assertEquals(
          !verb.equals("candidates"), page.contains(".SS tsdb " + verb.replace("-", "\\-")), verb);
    }
    assertTrue(page.contains("\\fB\\-\\-budget\\-ms\\fR=\\fIM\\fR"), page);
    assertTrue(page.contains(".SS tsdb cache config"), page);
    String server = Files.readString(directory.resolve("man/man8/tsdb-server.8"));
    assertTrue(server.contains("\\fB\\-\\-max\\-connections\\fR=\\fIN\\fR"), server);
    for (String text : List.of(page, server)) {
      assertTrue(text.lines().noneMatch(line -> line.contains("${")), text);
    }
  }

  @Test
  void troffFindsNothingWrongWithTheManual() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "there is no groff");
    for (String page : List.of("man/man1/tsdb.1", "man/man8/tsdb-server.8")) {
      String file = directory.resolve(page).toString();
      assertEquals("", output("groff", "-man", "-Tutf8", "-ww", "-z", file));
    }
  }

  @Test
  void bashCompletesVerbsOptionsIdsAndAttributes() throws Exception {
    assertEquals("similar", completed("sim"));
    assertEquals("config", completed("cache con"));
    assertEquals("--budget-distances --budget-ms", completed("similar --bud"));
    String database = "--db " + directory.resolve("db") + " ";
    assertEquals("star-0 star-1 star-2", completed(database + "similar st"));
    assertEquals("star-0 star-1 star-2", completed(database + "get "));
    assertEquals("star-0 star-1 star-2", completed(database + "vantage-points add st"));
    assertEquals("period", completed(database + "list --where per"));
    assertEquals("period=", completed(database + "attributes set star-1 per"));
    assertEquals("json", completed("similar --format = js"));
    assertEquals("", completed("--db /nowhere get "));
    assertEquals("", completed("--server 127.0.0.1:1 get "));
  }

  /** What bash offers for the last word of a line. */
  private static String completed(String line) throws Exception {
    Path program = directory.resolve("tsdb");
    if (!Files.exists(program)) {
      List<String> command = Run.command().command();
      Files.writeString(
          program,
          "#!/bin/sh\nexec "
              + command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "))
              + " \"$@\"\n");
      assertTrue(program.toFile().setExecutable(true));
    }
    Path script = directory.resolve("complete.sh");
    Files.writeString(
        script,
        """
        . '%s'
        line="$1 $2"
        COMP_LINE=$line
        COMP_POINT=${#line}
        read -ra COMP_WORDS <<<"$line"
        [ "${line%% }" = "$line" ] || COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _tsdb_complete tsdb "${COMP_WORDS[COMP_CWORD]}" 2>/dev/null
        printf '%%s\\n' "${COMPREPLY[@]}" | sort | xargs
        """
            .formatted(directory.resolve("completion/tsdb.bash")));
    return output("bash", script.toString(), program.toString(), line).strip();
  }
}
