package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.protocol.Secrets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * Runs commands and programs one after the other in one process, for shells that would start a
 * process for each. A request is the number of words on one line, then each word on a line of its
 * own: {@code tsdb} and its arguments, or {@code java} and a file. The answer is the exit code; the
 * command's output is in the files {@code loop.out} and {@code loop.err}.
 */
public final class CommandLoop {
  private CommandLoop() {}

  /** Serves one shell after another; each opens a pipe for requests and a pipe for answers. */
  public static void main(String[] pipes) throws Exception {
    while (true) {
      try (BufferedReader requests = Files.newBufferedReader(Path.of(pipes[0]));
          OutputStream answers = Files.newOutputStream(Path.of(pipes[1]))) {
        serve(requests, answers);
      }
    }
  }

  private static void serve(BufferedReader requests, OutputStream answers) throws Exception {
    for (String count = requests.readLine(); count != null; count = requests.readLine()) {
      List<String> words = new ArrayList<>();
      for (int i = Integer.parseInt(count); i > 0; i--) {
        words.add(requests.readLine());
      }
      try (PrintStream out = new PrintStream("loop.out", StandardCharsets.UTF_8);
          PrintStream err = new PrintStream("loop.err", StandardCharsets.UTF_8)) {
        String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
        int code =
            words.get(0).equals("java")
                ? program(Path.of(arguments[0]), out, err)
                : command(arguments, out, err);
        answers.write((code + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  private static int command(String[] arguments, PrintStream out, PrintStream err) {
    PrintWriter printed = new PrintWriter(out, false, StandardCharsets.UTF_8);
    int code =
        Main.commandLine()
            .setOut(printed)
            .setErr(Secrets.of(arguments, Map.of()).over(err))
            .execute(arguments);
    printed.flush();
    return code;
  }

  private static int program(Path file, PrintStream out, PrintStream err) throws IOException {
    Path classes = Files.createDirectories(Path.of("classes"));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, err, err, "-d", classes.toString(), file.toString());
    if (code != 0) {
      return code;
    }
    PrintStream usual = System.out;
    System.setOut(out);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      String name = file.getFileName().toString().replace(".java", "");
      Method main = loader.loadClass(name).getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
      return 0;
    } catch (ReflectiveOperationException e) {
      e.printStackTrace(err);
      return 1;
    } finally {
      System.setOut(usual);
    }
  }
}
