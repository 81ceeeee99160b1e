package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.client.ServerProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands whose standard output cannot be written end with 1 and one line. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostOutputTest {
  private static final File FULL = new File("/dev/full");

  @TempDir private Path directory;

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  @BeforeEach
  void makeDatabase() throws IOException {
    assumeTrue(FULL.exists(), "this system has no /dev/full");
    Files.writeString(directory.resolve("wide.tsv"), "a\t1\t2\t3\nb\t2\t1\t5\nc\t7\t1\t4\n");
    Files.writeString(directory.resolve("one.csv"), "0 1\n0.5 2\n");
    Run.here("create", "--db", path("db"), "--length=16", "--vantage-points=1").answered();
    Run.here("import", "--db", path("db"), "--as", "wide", path("wide.tsv")).answered();
    Run.here("insert", "later", "--db", path("db"), "--file", path("one.csv")).answered();
  }

  /** The arguments of each verb; each may depend on the verbs before it. */
  private Map<String, String> verbs(String server) {
    String db = " --db " + path("db");
    Map<String, String> verbs = new LinkedHashMap<>();
    verbs.put("create", "--length=16 --db " + path("new"));
    verbs.put("import", "--as wide --replace " + path("wide.tsv") + db);
    verbs.put("generate", "--count=3 --seed=1 --output -");
    verbs.put("completion", "bash");
    verbs.put("version", "");
    verbs.put("similar", "a -k 2" + db);
    verbs.put("get", "a" + db);
    verbs.put("insert", "d --file " + path("one.csv") + db);
    verbs.put("delete", "d" + db);
    verbs.put("list", db.strip());
    verbs.put("query", "(stats)" + db);
    verbs.put("distances", "");
    verbs.put("count", db.strip());
    verbs.put("stats", db.strip());
    verbs.put("attributes list", db.strip());
    verbs.put("attributes add", "x text" + db);
    verbs.put("attributes set", "a x=y" + db);
    verbs.put("vantage-points list", db.strip());
    verbs.put("vantage-points add", "later" + db);
    verbs.put("cache stats", server);
    verbs.put("cache config", server);
    verbs.put("cache clear", server);
    verbs.put("verify", db.strip());
    verbs.put("backup", path("backup") + db);
    verbs.put("export", path("export") + db);
    verbs.put("restore", path("backup") + " --db " + path("restored"));
    verbs.put("demo", "");
    verbs.put("help", "");
    return verbs;
  }

  /** Adds all verbs, but for hidden ones: a shell that completes words is told of no failure. */
  private static void addVerbs(CommandLine command, String name, TreeSet<String> all) {
    boolean hidden = command.getCommandSpec().usageMessage().hidden();
    if (command.getSubcommands().isEmpty() && !hidden) {
      all.add(name);
    }
    command
        .getSubcommands()
        .forEach((verb, sub) -> addVerbs(sub, (name + " " + verb).strip(), all));
  }

  @Test
  @Tag("long")
  void everyVerbSaysThatItsAnswerWasLost() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(directory.resolve("served"), Settings.DEFAULT.withLength(16))) {
      Map<String, String> verbs = verbs("--server " + server.address());
      TreeSet<String> all = new TreeSet<>();
      addVerbs(Main.commandLine(), "", all);
      assertEquals(all, new TreeSet<>(verbs.keySet()), "every verb has to be tried");
      for (Map.Entry<String, String> verb : verbs.entrySet()) {
        assertLost(run((verb.getKey() + " " + verb.getValue()).strip().split(" +")));
      }
      // Other output files are complete, and changes are stored.
      Run.here("verify", "--db", path("restored")).answered();
      assertEquals(4, Run.here("list", "--db", path("db"), "--format=json").json().size());
    }
  }

  @Test
  void everyFormatAndWhatPicocliPrintsItself() throws Exception {
    for (String format : List.of("json", "csv")) {
      assertLost(run("list", "--format", format, "--db", path("db")));
    }
    for (String arguments : List.of("--help", "--version", "similar --help")) {
      assertLost(run(arguments.split(" ")));
    }
    assertLost(run("stats", "--watch", "0.1", "--db", path("db")));
    Run file = run("generate", "--count=3", "--seed=1", "--output", FULL.toString());
    assertEquals(1, file.code());
    assertEquals(
        "UNAVAILABLE: file must be writable: file=/dev/full, problem=No space left on device\n",
        file.err());
    // A command that failed for another reason reports only that reason.
    Run failed = run("get", "none", "--db", path("db"));
    assertEquals(1, failed.code());
    assertTrue(failed.err().startsWith("INVALID_KEY: "), failed::toString);
    assertEquals(1, failed.err().lines().count());
  }

  @Test
  void aClosedOutputIsLostToo() throws Exception {
    assertLost(runBy("exec \"$@\" >&-", Run.command("list", "--db", path("db"))));
    // Nothing of the answer goes where it does not belong.
    Run.here("verify", "--db", path("db")).answered();
  }

  @Test
  void aReaderThatHasReadEnoughIsNoFailure() throws Exception {
    Path err = directory.resolve("err");
    Process process =
        Run.command("generate", "--count=10000000", "--seed=1", "--output", "-")
            .redirectError(err.toFile())
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertNotNull(out.readLine());
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it must end when nobody reads");
    assertEquals("", Files.readString(err));
    assertEquals(0, process.exitValue());
  }

  private static void assertLost(Run run) {
    assertEquals(1, run.code(), run::toString);
    assertEquals(1, run.err().lines().count(), run::toString);
    assertTrue(
        run.err().startsWith("UNAVAILABLE: cannot write to standard output; "), run::toString);
  }

  private Run run(String... arguments) throws Exception {
    return runBy("exec \"$@\" >" + FULL, Run.command(arguments));
  }

  /** Runs a command by a shell, which decides about its standard output. */
  private static Run runBy(String shell, ProcessBuilder command) throws Exception {
    List<String> all = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
    all.addAll(command.command());
    return Run.process("", command.command(all));
  }
}
