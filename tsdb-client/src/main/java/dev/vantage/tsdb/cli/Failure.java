package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.client.ConnectionException;
import dev.vantage.tsdb.protocol.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Translates failures into messages and exit codes. The only class that does so. */
final class Failure {
  static final int REQUEST_FAILED = 1;
  static final int BAD_USAGE = 2;
  static final int NO_CONNECTION = 3;

  private static final int MOST_NEAREST = 3;

  private Failure() {}

  static int badUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + words(failure));
    boolean isAnswered =
        isUnknownOption(failure)
            ? !nearest(failure).isEmpty()
            : UnmatchedArgumentException.printSuggestions(failure, err);
    if (!isAnswered) {
      err.println("'" + name + " --help' says how it is used.");
    }
    return BAD_USAGE;
  }

  private static boolean isUnknownOption(ParameterException failure) {
    return failure instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption();
  }

  /** Returns the options that are like an unknown one. */
  private static String nearest(ParameterException failure) {
    return failure instanceof UnmatchedArgumentException unmatched
        ? unmatched.getSuggestions().stream().limit(MOST_NEAREST).collect(Collectors.joining(" "))
        : "";
  }

  private static String words(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(failure.getMessage());
    }
    String first = unmatched.getUnmatched().get(0);
    if (unmatched.isUnknownOption()) {
      String near = nearest(failure);
      return "no such option: '" + first + "'" + (near.isEmpty() ? "" : ", nearest=" + near);
    }
    boolean isVerb = failure.getCommandLine().getParent() != null;
    if (!isVerb) {
      return "no such command: '" + first + "'";
    }
    return "no more arguments are expected: '" + first + "'" + hint(first);
  }

  private static String hint(String argument) {
    Path path = Path.of(argument);
    if (argument.contains("://") || Files.isDirectory(path)) {
      return "; hint: --db says which database";
    }
    return Files.isRegularFile(path) ? "; hint: --file says which file" : "";
  }

  static int failed(Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof ParameterException usage) {
      return badUsage(usage, new String[0]);
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
