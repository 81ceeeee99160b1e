package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.TsdbClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The base of all verbs: the shared options and the output. */
abstract class Verb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  final DatabaseLocation location() {
    return shared().location(spec);
  }

  /** Returns the directory or address of the database, for verbs that do not work on a server. */
  final String database() {
    return location()
        .database()
        .orElseThrow(() -> badUsage(needed() + ". A server may have it open meanwhile"));
  }

  /** Returns the directory or address of a database to be made. */
  final String newDatabase() {
    return location().database().orElseThrow(() -> badUsage(needed()));
  }

  private String needed() {
    return "'" + spec.name() + "' needs a database in a directory or in PostgreSQL: give --db";
  }

  /** Opens the database for reading. */
  final Tsdb openForReading() {
    return open(DatabaseLocation::openForReading);
  }

  /** Opens the database for writing. */
  final Tsdb openForWriting() {
    return open(DatabaseLocation::openForWriting);
  }

  /** Returns whether the database is behind a server. */
  final boolean isOnServer() {
    return location().database().isEmpty();
  }

  /** Connects to the server, for verbs that do the same in another way on a directory. */
  final TsdbClient connect() {
    return open(DatabaseLocation::connect);
  }

  /** Connects to a server, for verbs that work only on a server. */
  final TsdbClient connect(String what) {
    if (location().database().isPresent()) {
      throw badUsage("only a server has " + what + ": give --server, not --db");
    }
    return open(DatabaseLocation::connect);
  }

  private <T extends Tsdb> T open(Function<DatabaseLocation, T> opening) {
    DatabaseLocation location = location();
    if (shared().isVerbose()) {
      err().println("database: " + location);
    }
    try {
      return opening.apply(location);
    } catch (InvalidRequestException e) {
      // For a server, only the address can be checked before the first request.
      throw location.database().isPresent() ? e : badUsage(e.getMessage());
    }
  }

  /** Prints an answer; under {@code --quiet} without what only says that the verb is done. */
  final void print(VerbOutput answer) {
    boolean quiet = shared().isQuiet();
    boolean isNotice = answer.isNotice() && shared().format() == OutputFormat.TABLE;
    if (!quiet || !isNotice) {
      new Printer(shared().format(), out()).print(answer);
    }
    if (!quiet) {
      answer.warnings().forEach(err()::println);
    }
  }

  /** Starts a progress bar, which nobody sees under {@code --quiet}. */
  final ProgressMeter progress(String task, long max, String unit, long unitSize) {
    return shared().isQuiet()
        ? ProgressMeter.none()
        : ProgressMeter.start(task, max, unit, unitSize);
  }

  final OutputFormat format() {
    return shared().format();
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Refuses standard output, which gets the answer of the verb, as a file to write. */
  final void checkIsFile(Path file) {
    if (file.equals(FileOptions.STANDARD_INPUT)) {
      throw badUsage("file must be a file, not standard output: file=-");
    }
  }

  final ParameterException badUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private TsdbCommand shared() {
    return (TsdbCommand) spec.root().userObject();
  }

  /** A verb that only reads the database. */
  abstract static class Reading extends Verb {
    abstract VerbOutput ask(Tsdb database);

    /** Checks the options before the database is opened. */
    void check() {}

    @Override
    public final Integer call() {
      check();
      try (Tsdb database = openForReading()) {
        print(ask(database));
      }
      return CommandLine.ExitCode.OK;
    }
  }

  /** A verb that changes the database. */
  abstract static class Writing extends Verb {
    abstract VerbOutput change(Tsdb database);

    /** Checks the options before the database is opened. */
    void check() {}

    @Override
    public final Integer call() {
      check();
      try (Tsdb database = openForWriting()) {
        print(change(database));
      }
      return CommandLine.ExitCode.OK;
    }
  }
}
