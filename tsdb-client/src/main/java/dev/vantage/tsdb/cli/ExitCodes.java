package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.client.ConnectionException;
import dev.vantage.tsdb.protocol.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How the program ends, and what it says then. */
final class ExitCodes {
  /** It was answered. */
  static final int ANSWERED = 0;

  /** The request failed. */
  static final int FAILED = 1;

  /** The command line says nothing that can be asked. */
  static final int USAGE = 2;

  /** There is no connection to the server. */
  static final int NO_CONNECTION = 3;

  private ExitCodes() {}

  /** Tells of bad usage. */
  static int usage(ParameterException problem, String... args) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("tsdb: " + message(problem));
    if (problem instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        err.println("Did you mean: " + String.join(", ", suggestions) + "?");
      }
    }
    err.println("'" + command.getCommandSpec().qualifiedName() + " --help' says more.");
    err.flush();
    return USAGE;
  }

  private static String message(ParameterException problem) {
    boolean isRoot = problem.getCommandLine().getParent() == null;
    if (isRoot && problem instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      return (first.startsWith("-") ? "unknown option: " : "unknown command: ") + first;
    }
    return problem.getMessage();
  }

  /** Tells why a request failed. */
  static int failure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof UsageException) {
      return usage(new ParameterException(command, failure.getMessage(), failure));
    }
    PrintWriter err = command.getErr();
    err.println(describe(failure));
    err.flush();
    return code(failure);
  }

  static int code(Exception failure) {
    return failure instanceof ConnectionException ? NO_CONNECTION : FAILED;
  }

  /** The name of the status, then the message. */
  static String describe(Exception failure) {
    if (failure instanceof ConnectionException) {
      return "no connection: " + failure.getMessage();
    }
    String name = status(failure).name();
    String message = message(failure);
    return message.startsWith(name) ? message : name + ": " + message;
  }

  private static Status status(Exception failure) {
    Status status = Status.of(failure);
    // The files that people name and the numbers that they give are their part of the request.
    boolean isTheirs =
        failure instanceof IllegalArgumentException
            || failure instanceof FileSystemException
            || failure.getCause() instanceof FileSystemException;
    return status == Status.UNKNOWN_ERROR && isTheirs ? Status.INVALID_COMPONENT : status;
  }

  private static String message(Exception failure) {
    if (failure instanceof UncheckedIOException unchecked) {
      return message(unchecked.getCause());
    }
    if (failure instanceof FileSystemException file) {
      return "file must be usable: file=" + file.getFile() + ", problem=" + problem(file);
    }
    if (failure instanceof IOException) {
      return "input and output must work: problem=" + failure.getMessage();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** What is wrong with a file, in words; the JDK tells some of it by type alone. */
  static String problem(IOException failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return switch (failure.getClass().getSimpleName()) {
        case "NoSuchFileException" -> "there is none";
        case "AccessDeniedException" -> "access denied";
        case "FileAlreadyExistsException" -> "there is one already";
        case "DirectoryNotEmptyException" -> "the directory is not empty";
        default -> failure.getClass().getSimpleName();
      };
    }
    return failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
  }
}
