package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidRequestException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a verb: the options that all verbs share. */
@Command(
    name = "tsdb",
    description =
        "Finds the stored time series that look like a given series, whatever their phase.",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    sortOptions = false,
    footer = {
      "",
      "The database is in a directory or in PostgreSQL (--db), or behind a server (--server);",
      "without either, where $TSDB_DB or $TSDB_SERVER says, or the file ~/.config/tsdb/config, or",
      "else behind 127.0.0.1:7207. A line of that file is OPTION = VALUE or VERB.OPTION = VALUE,",
      "without dashes (format = csv, similar.k = 10, cache.config.capacity = 100); # begins a comment;",
      "--print-config shows which values count.",
      "Exit codes: 0 answered, also where a closed pipe took no more output, 1 the request failed or",
      "its output could not be written, 2 bad usage, 3 no connection."
    })
final class TsdbCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--db",
      paramLabel = "DIR|URL",
      scope = ScopeType.INHERIT,
      description =
          "The directory of the database, or its address in PostgreSQL:"
              + " postgresql://USER@HOST:PORT/DATABASE. The password is in PGPASSWORD or"
              + " ~/.pgpass. Or $TSDB_DB.")
  private @Nullable String database;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description = "The address of the server; or $TSDB_SERVER.")
  private @Nullable String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The file with the token for the server; or $TSDB_TOKEN_FILE.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--tls",
      scope = ScopeType.INHERIT,
      description = "Connects to the server by TLS.")
  private boolean tls;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Connects by TLS and trusts only the authorities in this file (PEM); or $TSDB_CA. By"
              + " default the authorities that this Java trusts.")
  private @Nullable Path authorities;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "The format of answers: ${COMPLETION-CANDIDATES}; default table.")
  private @Nullable OutputFormat format;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description =
          "Prints answers and failures alone: no progress, no warnings, and nothing where the answer"
              + " is only that it is done.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description =
          "Says on standard error where the database is, how long it took, and what the library"
              + " logs.")
  private boolean verbose;

  @Option(
      names = "--print-config",
      scope = ScopeType.INHERIT,
      description = "Shows each option with its value and where it is set, and does nothing else.")
  private boolean printConfig;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  boolean isQuiet() {
    return quiet;
  }

  boolean isVerbose() {
    return verbose;
  }

  boolean isAskedForSettings() {
    return printConfig;
  }

  OutputFormat format() {
    return format == null ? OutputFormat.TABLE : format;
  }

  /** Returns the location of the database, from {@code --db}, {@code --server}, or the default. */
  DatabaseLocation location(CommandSpec verb) {
    if (database != null && server != null) {
      throw new ParameterException(
          verb.commandLine(), "--db and --server must not be given together");
    }
    boolean secured = tokenFile != null || tls || authorities != null;
    if (database != null && secured) {
      throw new ParameterException(
          verb.commandLine(), "--token-file, --tls and --ca are for a server, not for --db");
    }
    if (database != null && database.isBlank()) {
      throw new ParameterException(
          verb.commandLine(), "--db must be a directory or an address: ''");
    }
    if (database != null) {
      checkIsOne(database, verb);
    }
    ServerSecurity security =
        new ServerSecurity(Optional.ofNullable(tokenFile), tls, Optional.ofNullable(authorities));
    return DatabaseLocation.of(
        Optional.ofNullable(database), Optional.ofNullable(server), security);
  }

  private static void checkIsOne(String database, CommandSpec verb) {
    try {
      EmbeddedTsdb.shown(database);
    } catch (InvalidRequestException e) {
      throw new ParameterException(verb.commandLine(), "--db: " + e.getMessage(), e);
    }
  }

  /** Reads the version from the manifest of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {line()};
    }

    static String line() {
      String version = TsdbCommand.class.getPackage().getImplementationVersion();
      return "tsdb " + Optional.ofNullable(version).orElse("development");
    }
  }
}
