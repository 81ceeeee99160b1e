package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.client.ConnectionException;
import dev.vantage.tsdb.protocol.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Translates failures into messages and exit codes. The only class that does so. */
final class Failure {
  static final int REQUEST_FAILED = 1;
  static final int BAD_USAGE = 2;
  static final int NO_CONNECTION = 3;

  private Failure() {}

  static int badUsage(ParameterException failure, Map<String, String> origins) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    String words = UsageWords.of(failure);
    err.println(name + ": " + words + places(words, origins));
    if (!words.contains(", nearest=")) {
      err.println("'" + name + " --help' says how it is used.");
    }
    return BAD_USAGE;
  }

  /** Says where options are set that a message names, if not on the command line. */
  private static String places(String words, Map<String, String> origins) {
    StringBuilder places = new StringBuilder();
    List<String> named = List.of(words.split("[^A-Za-z0-9-]+"));
    for (Map.Entry<String, String> origin : origins.entrySet()) {
      if (named.contains(origin.getKey())) {
        places.append("; ").append(origin.getKey()).append(" is set in ").append(origin.getValue());
      }
    }
    return places.toString();
  }

  static int failed(Exception failure, CommandLine command, Map<String, String> origins) {
    if (failure instanceof ParameterException usage) {
      return badUsage(usage, origins);
    }
    command.getErr().println(words(failure));
    return failure instanceof ConnectionException ? NO_CONNECTION : REQUEST_FAILED;
  }

  /** Returns the message for an answer that could not be printed. */
  static String lostOutput(String problem) {
    return Status.UNAVAILABLE
        + ": cannot write to standard output; changes of the command are kept: problem="
        + problem;
  }

  static String words(Throwable failure) {
    if (failure instanceof ConnectionException) {
      return "no connection: " + failure.getMessage();
    }
    if (failure instanceof UncheckedIOException unchecked) {
      return words(Objects.requireNonNull(unchecked.getCause()));
    }
    if (failure instanceof OutOfMemoryError) {
      return Status.UNAVAILABLE
          + ": memory must suffice: heap bytes="
          + Runtime.getRuntime().maxMemory()
          + "; hint: TSDB_JAVA_OPTIONS=-Xmx2g";
    }
    Status status = status(failure);
    String message = failure instanceof IOException io ? problem(io) : failure.getMessage();
    // The message of an internal error of the server begins with its status already.
    return String.valueOf(message).startsWith(status + ": ") ? message : status + ": " + message;
  }

  /**
   * Returns the status of a failure. Invalid files and numbers in the arguments count as an invalid
   * request.
   */
  private static Status status(Throwable failure) {
    Status status = Status.of(failure);
    if (status != Status.UNKNOWN_ERROR) {
      return status;
    }
    if (failure instanceof FileSystemException || failure instanceof IllegalArgumentException) {
      return Status.INVALID_COMPONENT;
    }
    return failure instanceof IOException ? Status.UNAVAILABLE : status;
  }

  /** Describes a failure. The messages of most file failures contain only the name of the file. */
  static String problem(IOException failure) {
    if (failure instanceof NoSuchFileException missing) {
      String nearest =
          NearestFile.of(missing.getFile()).map(file -> ", nearest=" + file).orElse("");
      return "file must exist: file=" + missing.getFile() + nearest;
    }
    if (failure instanceof FileAlreadyExistsException existing) {
      return "file must not exist: file=" + existing.getFile();
    }
    if (failure instanceof AccessDeniedException denied) {
      return "permission denied: file=" + denied.getFile();
    }
    return failure.getMessage();
  }
}
