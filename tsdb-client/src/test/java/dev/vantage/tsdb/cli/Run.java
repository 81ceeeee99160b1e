package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vantage.tsdb.protocol.Secrets;
import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The result of a run of the command line: its exit code and its output. */
record Run(int code, String out, String err) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Runs it within this process. */
  static Run here(String... arguments) {
    return here(Map.of(), arguments);
  }

  /** Runs the command within this process, in an environment. */
  static Run here(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintWriter printed = new PrintWriter(out);
    PrintWriter masked = Secrets.of(arguments, environment).over(err);
    int code = Main.run(arguments, environment, printed, masked);
    printed.flush();
    return new Run(code, out.toString(), err.toString()).withoutTrace();
  }

  /** Runs it as a process of its own, with nothing on standard input. */
  static Run process(String... arguments) throws IOException, InterruptedException {
    return process("", command(arguments));
  }

  /** Returns the process to start. */
  static ProcessBuilder command(String... arguments) {
    ProcessBuilder builder = JavaProcess.of(Main.class, arguments);
    // In a full build the server's jar brings its logging backend, which commands do not have.
    builder.command().add(1, "-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider");
    builder.command().add(1, "-Dslf4j.internal.verbosity=WARN");
    return builder;
  }

  /** Runs a process to its end, with a text on standard input. */
  static Run process(String input, ProcessBuilder builder)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("tsdb-run-");
    Path in = Files.writeString(directory.resolve("in"), input);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        builder
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("process must end within a minute: " + builder.command());
    }
    Run run = new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    for (Path file : List.of(in, out, err, directory)) {
      Files.delete(file);
    }
    return run.withoutTrace();
  }

  private Run withoutTrace() {
    assertTrue((out + err).lines().noneMatch(line -> line.startsWith("\tat ")), this::toString);
    return this;
  }

  /** Expects an answer, and nothing on standard error. */
  Run answered() {
    assertEquals(0, code, this::toString);
    assertEquals("", err);
    return this;
  }

  /** Expects a failure with some words, and nothing on standard output. */
  Run failed(int expectedCode, String words) {
    assertEquals(expectedCode, code, this::toString);
    assertEquals("", out);
    assertTrue(err.contains(words), () -> "must contain '" + words + "': " + err);
    return this;
  }

  /** Expects a failure that says something, whatever is on standard output. */
  Run failedWith(int expectedCode, String words) {
    assertEquals(expectedCode, code, this::toString);
    assertTrue(err.contains(words), () -> "must contain '" + words + "': " + err);
    return this;
  }

  /** Expects one JSON document on standard output, on one line, and nothing after it. */
  JsonNode json() throws IOException {
    answered();
    assertTrue(out.endsWith("\n") && out.indexOf('\n') == out.length() - 1, this::toString);
    return JSON.readTree(out);
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
