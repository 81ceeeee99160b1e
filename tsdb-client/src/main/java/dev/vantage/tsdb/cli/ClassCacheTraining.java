package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.protocol.Json;
import dev.vantage.tsdb.protocol.op.AnswerForm;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.SearchAnswer;
import dev.vantage.tsdb.protocol.op.Statistics;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import picocli.CommandLine;

/**
 * Runs the commands that people wait for, over a small database of its own and over a socket that
 * gives prepared answers, so that Java can record which classes they need. Prints nothing.
 */
final class ClassCacheTraining {
  private static final int SERIES = 50;
  private static final int LENGTH = 64;

  private ClassCacheTraining() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("tsdb-classes-");
    try {
      String database = directory.resolve("db").toString();
      fill(database);
      run("--version");
      run("similar", "--help");
      run("similar", "s-1", "--db", database, "--explain");
      run("list", "--db", database, "--limit", "3");
      run("get", "s-1", "--db", database, "--format", "json");
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        Map<String, JsonNode> payloads = payloads(database);
        Thread server = new Thread(() -> serve(socket, payloads));
        server.setDaemon(true);
        server.start();
        String address = socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort();
        run("similar", "s-1", "--server", address);
        run("similar", "s-1", "--server", address, "--format", "csv");
      }
    } finally {
      DemoCommand.removeAll(directory);
    }
  }

  private static void run(String... arguments) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    CommandLine command = Main.commandLine().setOut(nowhere).setErr(nowhere);
    int code = command.execute(arguments);
    if (code != CommandLine.ExitCode.OK) {
      throw new IllegalStateException("command must succeed: " + List.of(arguments));
    }
  }

  private static void fill(String database) {
    OpenOptions options =
        OpenOptions.DEFAULT
            .withAccess(Access.CREATE)
            .withSettings(Settings.DEFAULT.withLength(LENGTH));
    Random random = new Random(1);
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      entries.add(new SeriesEntry("s-" + i, TimeSeries.ofValues(random.doubles(LENGTH).toArray())));
    }
    try (Tsdb tsdb = Tsdb.open(Path.of(database), options)) {
      tsdb.insertAll(entries);
    }
  }

  /** Returns the payloads of responses by operation. */
  private static Map<String, JsonNode> payloads(String database) {
    try (EmbeddedTsdb tsdb = DatabaseLocation.open(database, Access.READ_ONLY)) {
      SearchResult found = tsdb.search(Query.like("s-1").nearest(3));
      return Map.of(
          Op.WITH_ID.label(), SearchAnswer.payload(found, AnswerForm.EXPLAINED).toTree(),
          Op.STATS.label(), Statistics.payload(tsdb.stats()).toTree());
    }
  }

  /** Answers the frames of every connection by their operation, until the socket is closed. */
  private static void serve(ServerSocket socket, Map<String, JsonNode> payloads) {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept();
          OutputStream out = connection.getOutputStream()) {
        FrameReader frames =
            new FrameReader(
                new BufferedInputStream(connection.getInputStream()), Frames.DEFAULT_MAX_LENGTH);
        while (frames.awaitFrame()) {
          out.write(response(frames.read().orElseThrow(), payloads));
        }
      } catch (IOException e) {
        // The client has gone, or the socket is closed.
      }
    }
  }

  private static byte[] response(byte[] request, Map<String, JsonNode> payloads)
      throws IOException {
    String op = Json.read(request).path("op").asText();
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("op", op).put("status", 0).set("payload", payloads.get(op));
    return Frames.encode(Json.toText(response).getBytes(StandardCharsets.UTF_8));
  }
}
