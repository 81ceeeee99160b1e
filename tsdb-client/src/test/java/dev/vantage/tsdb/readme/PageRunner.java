package dev.vantage.tsdb.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Follows a page to the letter: writes its files, runs its commands and programs one after the
 * other in one shell, and compares what they print. Numbers may differ by rounding. Ports that the
 * page names give way to free ones.
 */
final class PageRunner {
  private static final char END = '\036';
  private static final double ROUNDING = 1e-6;
  private static final int BACKLOG = 1;
  private static final String USUAL_SERVER = "127.0.0.1:7207";
  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:\\d+");
  private static final Pattern CLASS =
      Pattern.compile("^(?:public )?class (\\w+)", Pattern.MULTILINE);
  private static final String IMPORTS =
      """
      import dev.vantage.tsdb.*;
      import dev.vantage.tsdb.client.*;
      import dev.vantage.tsdb.condition.*;
      import dev.vantage.tsdb.language.Language;
      import dev.vantage.tsdb.language.LanguageOptions;
      import dev.vantage.tsdb.language.ProgramException;
      import dev.vantage.tsdb.language.Table;
      import dev.vantage.tsdb.rows.*;
      import dev.vantage.tsdb.series.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      """;

  private static final String BEGIN =
      """
      set -eu
      servers=''
      trap '[ -z "$servers" ] || kill $servers; wait' EXIT
      """;

  private final Checkout checkout;
  private final Page page;
  private final Depth depth;
  private final Programs programs;
  private final Map<String, String> names;
  private final List<Block> run = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param checkout where to follow it
   * @param page the page
   * @param depth the extent of the run
   * @param programs how to run it
   * @param names names of the page that mean something else here; among them all addresses of this
   *     machine
   */
  PageRunner(
      Checkout checkout, Page page, Depth depth, Programs programs, Map<String, String> names) {
    this.checkout = checkout;
    this.page = page;
    this.depth = depth;
    this.programs = programs;
    this.names = names;
  }

  /** The extent of a run. */
  enum Depth {
    /** Skips blocks that take minutes or more than one machine. */
    QUICK(Duration.ofMinutes(5)),
    /** Runs everything. */
    WHOLE(Duration.ofHours(3));

    private final Duration most;

    Depth(Duration most) {
      this.most = most;
    }
  }

  /** Chooses a free port for each address that a page names. */
  static Map<String, String> freePorts() throws IOException {
    Map<String, String> ports = new TreeMap<>();
    for (Page page : Page.all().toList()) {
      Matcher addresses = ADDRESS.matcher(USUAL_SERVER + String.join("\n", page.lines()));
      while (addresses.find()) {
        if (!ports.containsKey(addresses.group())) {
          ports.put(addresses.group(), "127.0.0.1:" + freePort());
        }
      }
    }
    return ports;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, BACKLOG)) {
      return socket.getLocalPort();
    }
  }

  void follow() throws IOException, InterruptedException {
    Set<Path> before = checkout.contents();
    try {
      String script = BEGIN + programs.prologue() + install() + steps();
      if (!run.isEmpty()) {
        compare(output(script));
      }
    } finally {
      checkout.restore(before);
    }
  }

  /** Returns the commands that install the programs; only the first page contains them. */
  private String install() {
    if (page.isFirst()) {
      return "";
    }
    return Page.root().blocks().stream()
        .map(Block::text)
        .filter(text -> text.startsWith("export PATH="))
        .collect(Collectors.joining());
  }

  private String steps() throws IOException {
    StringBuilder script = new StringBuilder();
    for (Block block : page.blocks()) {
      if (block.isFile()) {
        write(block.words().get(0), block.text());
      } else if (block.isRun() && (depth == Depth.WHOLE || !block.isSoak())) {
        run.add(block);
        script.append(command(block)).append("printf '\\036'\n");
      }
    }
    return script.toString();
  }

  private String command(Block block) throws IOException {
    String text = here(block.text());
    if (block.language().equals("java")) {
      return "program " + program(text) + "\n";
    }
    return block.isServer() ? server(text.strip()) : text;
  }

  /** Returns the source of a program. Lines without a class are put into one. */
  private String program(String text) throws IOException {
    Matcher named = CLASS.matcher(text);
    if (named.find()) {
      return write(named.group(1) + ".java", text);
    }
    String name = "Lines" + run.size();
    return write(
        name + ".java",
        IMPORTS
            + "class "
            + name
            + " {\n  public static void main(String[] arguments) {\n"
            + text
            + "  }\n}\n");
  }

  private String server(String text) {
    String listening =
        text.contains("--listen") ? text : text + " --listen " + names.get(USUAL_SERVER);
    return """
        mkfifo ready
        (exec 7>&- 8<&-; exec %s >ready) &
        servers="$servers $!"
        exec {said}<ready
        rm ready
        read -r line <&"$said"
        """
        .formatted(listening);
  }

  private String here(String text) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getKey(), name.getValue());
    }
    return result;
  }

  private String write(String name, String text) throws IOException {
    Path file = checkout.root().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return name;
  }

  private List<String> output(String script) throws IOException, InterruptedException {
    write("steps.sh", script);
    Path out = checkout.root().resolve("steps.out");
    Path err = checkout.root().resolve("steps.err");
    ProcessBuilder shell =
        new ProcessBuilder("bash", "steps.sh")
            .directory(checkout.root().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    setEnvironment(shell.environment(), names);
    Process process = shell.start();
    try {
      assertTrue(process.waitFor(depth.most.toSeconds(), TimeUnit.SECONDS), page + " must end");
    } finally {
      process.destroy();
    }
    List<String> parts = List.of(Files.readString(out).split(String.valueOf(END), -1));
    assertEquals(
        0,
        process.exitValue(),
        () ->
            page
                + ":"
                + run.get(Math.min(parts.size(), run.size()) - 1).line()
                + " failed\n"
                + text(out)
                + text(err));
    return parts;
  }

  /** Says where Java is, and the server that is asked where no other is named. */
  static void setEnvironment(Map<String, String> environment, Map<String, String> names) {
    environment.keySet().removeIf(name -> name.startsWith("TSDB_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("TSDB_SERVER", names.get(USUAL_SERVER));
    environment.put("TSDB_CLASS_CACHE", "off");
    environment.put(
        "TSDB_CLASS_PATH",
        Checkout.commandClassPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void compare(List<String> parts) {
    for (int i = 1; i < page.blocks().size(); i++) {
      Block expected = page.blocks().get(i);
      int step = run.indexOf(page.blocks().get(i - 1));
      if (expected.isOutput() && step >= 0) {
        assertAlike(expected, parts.get(step));
      }
    }
  }

  private void assertAlike(Block expected, String found) {
    if (!areAlike(expected.text(), found)) {
      assertEquals(expected.text(), found, page + ":" + expected.line());
    }
  }

  /** Whether two texts differ by rounding of numbers and by widths of columns at most. */
  static boolean areAlike(String expected, String found) {
    List<String> wanted = words(expected);
    List<String> given = words(found);
    boolean alike = wanted.size() == given.size();
    for (int i = 0; alike && i < wanted.size(); i++) {
      alike = alike(wanted.get(i), given.get(i));
    }
    return alike;
  }

  /** Lines count, widths of columns do not. */
  private static List<String> words(String text) {
    return List.of(text.strip().replace("\n", " \n ").split("[ =,\\]]+"));
  }

  private static boolean alike(String wanted, String found) {
    if (wanted.equals(found)) {
      return true;
    }
    try {
      return Math.abs(Double.parseDouble(wanted) - Double.parseDouble(found)) <= ROUNDING;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
