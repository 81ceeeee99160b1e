package dev.vantage.tsdb.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.cli.CommandLoop;
import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands and programs of every README give the documented output. */
@Tag("long")
class ReadmesTest {
  private static final int MOST_LINES = 120;
  private static final int MOST_CHARACTERS = 100;

  /** Languages that other tests of this package run. */
  private static final Set<String> ELSEWHERE =
      Set.of("ebnf", "hex", "jsonl", "lisp", "lisp-output", "python", "python-output");

  @TempDir private static Path temporary;
  private static Checkout checkout;
  private static Map<String, String> ports;
  private static Programs loop;
  private static Process looping;

  @BeforeAll
  static void start() throws Exception {
    checkout = Checkout.ofClassesUnderTest(Files.createDirectory(temporary.resolve("tsdb")));
    ports = PageRunner.freePorts();
    Path requests = temporary.resolve("requests");
    Path answers = temporary.resolve("answers");
    assertEquals(
        0, new ProcessBuilder("mkfifo", requests.toString(), answers.toString()).start().waitFor());
    loop = Programs.loop(requests, answers);
    ProcessBuilder process =
        JavaProcess.of(CommandLoop.class, requests.toString(), answers.toString())
            .directory(checkout.root().toFile());
    PageRunner.setEnvironment(process.environment(), ports);
    looping = process.start();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    looping.destroy();
    looping.waitFor();
  }

  private static Stream<Page> pages() throws IOException {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyStepWorks(Page page) throws Exception {
    Programs programs = page.isFirst() ? Programs.processes() : loop;
    new PageRunner(checkout, page, PageRunner.Depth.QUICK, programs, ports).follow();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noBlockIsLeftOut(Page page) {
    List<Block> blocks = page.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      boolean output = block.isOutput() && i > 0 && blocks.get(i - 1).isRun();
      assertTrue(
          block.isRun() || block.isFile() || output || ELSEWHERE.contains(block.language()),
          page + ":" + block.line() + " must be run");
    }
    assertEquals(
        List.of(),
        page.prose().lines().filter(line -> line.matches("( {4}|\t).*")).toList(),
        "blocks must be fenced");
  }

  @Test
  void theRootReadmeIsShort() {
    List<String> lines = Page.root().lines();
    assertTrue(lines.size() <= MOST_LINES, "lines=" + lines.size());
    assertEquals(
        List.of(),
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).length() > MOST_CHARACTERS)
            .mapToObj(i -> (i + 1) + ": " + lines.get(i))
            .toList());
  }

  @Test
  void everyModuleHasAReadme() throws IOException {
    List<String> pages = Page.all().map(Page::toString).toList();
    for (String module : List.of("tsdb-core", "tsdb-server", "tsdb-client", "benchmarks", "data")) {
      assertTrue(pages.contains(module + "/README.md"), pages::toString);
    }
  }
}
