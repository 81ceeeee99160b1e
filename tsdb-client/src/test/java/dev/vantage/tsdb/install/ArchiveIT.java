package dev.vantage.tsdb.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.vantage.tsdb.install.Installation.Outcome;
import dev.vantage.tsdb.install.Installation.Running;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The archive that is installed: unpacked, and run by its launchers as real processes. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArchiveIT {
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^:)#]+)\\)");
  private static final Duration ATTEMPT = Duration.ofMinutes(20);

  @TempDir private static Path directory;
  private static Installation installed;

  @BeforeAll
  static void unpack() throws Exception {
    installed = Installation.unpack(directory);
  }

  private static Outcome tsdb(String... arguments) throws Exception {
    return Installation.run(installed.tsdb(directory, arguments));
  }

  private static void answered(Outcome outcome) {
    assertEquals("", outcome.err(), outcome::toString);
    assertEquals(0, outcome.code(), outcome::toString);
  }

  @Test
  void bothArchivesHoldTheSameWithOneTime() throws Exception {
    Set<String> zipped = new TreeSet<>();
    try (ZipFile zip = new ZipFile(Installation.archive(".zip").toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory()) {
          zipped.add(entry.getName());
          assertEquals(MADE, entry.getLastModifiedTime().toInstant(), entry::getName);
        }
      }
    }
    try (Stream<Path> files = Files.walk(installed.root())) {
      Path parent = installed.root().getParent();
      assertEquals(
          zipped,
          files
              .filter(Files::isRegularFile)
              .map(file -> parent.relativize(file).toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    for (String file :
        List.of(
            "LICENSE",
            "bin/tsdb.bat",
            "bin/tsdb-server.bat",
            "data/bumps-1000.tsv",
            "lib/launch.sh",
            "share/completion/tsdb.bash",
            "share/completion/tsdb.zsh",
            "share/grafana/tsdb.json",
            "share/man/man1/tsdb.1",
            "share/man/man8/tsdb-server.8",
            "share/systemd/tsdb-server.service")) {
      assertTrue(Files.size(installed.root().resolve(file)) > 0, file);
    }
  }

  @Test
  void linksOfTheReadmeLeadToFiles() throws IOException {
    Path readme = installed.root().resolve("README.md");
    List<String> links =
        LINK.matcher(Files.readString(readme)).results().map(link -> link.group(1)).toList();
    assertTrue(links.size() > 5, links::toString);
    for (String link : links) {
      assertTrue(Files.isRegularFile(readme.resolveSibling(link)), link);
    }
  }

  @Test
  void aDatabaseIsMadeAndSearchedWithoutAWordOfJava() throws Exception {
    String database = directory.resolve("first.db").toString();
    answered(tsdb("create", "--db", database, "--length=64"));
    Path data = installed.root().resolve("data/bumps-1000.tsv");
    // Long commands compute with vectors, and Java says that these are incubating.
    answered(tsdb("import", "--db", database, "--as", "wide", data.toString()));
    Outcome found = tsdb("similar", "--db", database, "bumps-00000355", "-k", "1");
    answered(found);
    assertTrue(found.out().contains("bumps-00000707"), found::toString);
    Outcome missing = tsdb("get", "--db", database, "none");
    assertEquals(1, missing.code());
    assertEquals(1, missing.err().lines().count(), missing::toString);
    Outcome verified = tsdb("verify", "--db", database, "--bad");
    assertEquals(2, verified.code());
    assertTrue(verified.err().startsWith("tsdb verify: no such option"), verified::toString);
  }

  @Tag("long")
  @Test
  void theDemoTellsOfCommandsThatWorkWhereTheyArePasted() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("else where"));
    Outcome demo = Installation.run(installed.tsdb(elsewhere, "demo"));
    answered(demo);
    List<String> lines = demo.out().lines().toList();
    String next =
        lines.subList(lines.indexOf("Try next:") + 1, lines.size()).stream()
            .map(String::strip)
            .collect(Collectors.joining("\n", "set -e\n", "\n"));
    answered(Installation.run(installed.command(elsewhere, List.of("sh", "-c", next))));
    assertTrue(Files.exists(elsewhere.resolve("my.db")), next);
  }

  @Test
  void theServerReadsItsFileAndStopsWithItsLastLineSaid() throws Exception {
    Path config = directory.resolve("server.conf");
    String database = directory.resolve("served.db").toString();
    Files.writeString(config, "db = " + database + "\ncreate = true\nlisten = 127.0.0.1:0\n");
    ProcessBuilder builder =
        installed.command(
            directory,
            List.of(installed.program("tsdb-server").toString(), "--config", config.toString()));
    Running server = Installation.start(builder);
    await(() -> Files.readString(server.out()).contains("listening on"), server);
    server.signal("TERM");
    Outcome outcome = server.await();
    assertEquals(0, outcome.code(), outcome::toString);
    List<String> log = outcome.err().lines().toList();
    assertTrue(log.stream().noneMatch(line -> line.startsWith("WARNING")), outcome::toString);
    assertTrue(log.get(log.size() - 1).contains("shut down"), outcome::toString);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void signalsReachJavaAndTheLastWordsTheirReader(String signal, int code) throws Exception {
    assumeFalse(Installation.isIgnored(signal), "a shell in the background starts tests");
    String database = directory.resolve(signal + ".db").toString();
    answered(tsdb("create", "--db", database, "--length=16"));
    Path pipe = directory.resolve(signal + ".tsv");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Running running =
        Installation.start(
            installed.tsdb(directory, "import", "--db", database, "--as", "wide", pipe.toString()));
    // Opening waits for the reader; nothing more comes, so the import waits for the signal.
    try (Writer rows = Files.newBufferedWriter(pipe)) {
      rows.write("a\t1\t2\t3\n");
      rows.flush();

      running.signal(signal);
      Outcome outcome = running.await();
      assertEquals(code, outcome.code(), outcome::toString);
      assertTrue(outcome.err().startsWith("interrupted; "), outcome::toString);
      assertTrue(outcome.err().endsWith("\n"), outcome::toString);
    }
  }

  @Tag("long")
  @Test
  void commandsStartFromAnArchiveThatManyMakeAtOnceAndNoneWaitsFor() throws Exception {
    List<Running> commands = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ProcessBuilder builder = installed.tsdb(directory, "version");
      builder.environment().put("TSDB_CLASS_CACHE", "wait");
      commands.add(Installation.start(builder));
    }
    for (Running command : commands) {
      answered(command.await());
    }
    List<Path> made = cached();
    assertEquals(1, made.size(), made::toString);
    assertTrue(Files.size(made.get(0)) > 1 << 20, made::toString);
    Path loaded = directory.resolve("loaded.txt");
    ProcessBuilder third = cached("-Xlog:class+load=info:file=" + loaded);
    answered(Installation.run(third));
    assertTrue(
        Files.readAllLines(loaded).stream()
            .anyMatch(line -> line.matches(".*dev.vantage.tsdb.cli.TsdbCommand source: shared.*")),
        () -> "class must come from the archive: " + loaded);

    // One that does not fit is passed over.
    Path archive = made.get(0);
    assertTrue(archive.toFile().setWritable(true));
    Files.write(archive, new byte[(int) Files.size(archive)]);
    answered(Installation.run(cached("")));
  }

  @Tag("long")
  @Test
  void aTruncatedArchiveIsPassedOverAndMadeAgain() throws Exception {
    Path cache = Files.createDirectories(directory.resolve("trun cated"));
    ProcessBuilder builder = installed.tsdb(directory, "version");
    builder.environment().put("TSDB_CLASS_CACHE", "wait");
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    answered(Installation.run(builder));
    Path archive = onlyFile(cache.resolve("tsdb"));
    long whole = Files.size(archive);
    assertTrue(archive.toFile().setWritable(true));
    try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.WRITE)) {
      channel.truncate(whole / 8);
    }
    builder.environment().put("TSDB_JAVA_OPTIONS", "-XX:+PrintCommandLineFlags");

    Outcome outcome = Installation.run(builder);

    assertEquals(0, outcome.code(), outcome::toString);
    assertTrue(
        outcome.out().contains("-XX:ErrorFile=" + cache + "/tsdb/tsdb-crash-"), outcome::toString);
    Path made = onlyFile(cache.resolve("tsdb"));
    assertTrue(made.toString().endsWith("-" + Files.size(made) + ".jsa"), made::toString);
    assertTrue(Files.size(made) > whole / 2, made::toString);
  }

  private static Path onlyFile(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), all::toString);
      return all.get(0);
    }
  }

  @Tag("long")
  @Test
  void aMakerThatWasKilledIsFollowedByAnother() throws Exception {
    Path cache = Files.createDirectories(directory.resolve("killed"));
    ProcessBuilder builder = installed.tsdb(directory, "version");
    builder.environment().put("TSDB_CLASS_CACHE", "wait");
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    answered(Installation.run(builder));
    Path archive = onlyFile(cache.resolve("tsdb"));
    Files.delete(archive);
    String key = archive.getFileName().toString().replaceFirst("-[0-9]+\\.jsa$", "");
    Path lock = Files.createDirectory(archive.resolveSibling(key + ".lock"));
    answered(Installation.run(builder));
    assertEquals(lock, onlyFile(cache.resolve("tsdb")), "another process seems to make it");
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(ATTEMPT)));
    answered(Installation.run(builder));
    answered(Installation.run(builder));
    Path made = onlyFile(cache.resolve("tsdb"));
    assertTrue(Files.size(made) > 0, made::toString);
  }

  @Test
  void aCacheThatCannotBeWrittenIsNobodysTrouble() throws Exception {
    Path file = Files.createFile(directory.resolve("no directory"));
    for (String cache : List.of(file.toString(), "/proc/nowhere")) {
      ProcessBuilder builder = installed.tsdb(directory, "version");
      builder.environment().put("TSDB_CLASS_CACHE", "wait");
      builder.environment().put("XDG_CACHE_HOME", cache);
      answered(Installation.run(builder));
    }
  }

  @Test
  void bothKindsOfLaunchersKnowTheSameLongCommands() throws IOException {
    String shell = Files.readString(installed.program("tsdb"));
    String batch = Files.readString(installed.program("tsdb.bat"));
    assertTrue(shell.contains("import | verify | restore | vantage-points | demo)"), shell);
    assertTrue(batch.contains("(import verify restore vantage-points demo)"), batch);
    assertTrue(batch.contains("\r\n"), "lines must end as on Windows");
  }

  private static ProcessBuilder cached(String javaOptions) {
    ProcessBuilder builder = installed.tsdb(directory, "version");
    Map<String, String> environment = builder.environment();
    environment.remove("TSDB_CLASS_CACHE");
    environment.put("TSDB_JAVA_OPTIONS", javaOptions);
    return builder;
  }

  private static List<Path> cached() throws IOException {
    try (Stream<Path> files = Files.list(installed.cache().resolve("tsdb"))) {
      return files.toList();
    }
  }

  /** What must become true. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition, Running running) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.holds()) {
      assertTrue(running.process().isAlive() && System.nanoTime() < end, () -> "must happen");
      running.process().waitFor(20, TimeUnit.MILLISECONDS);
    }
  }
}
