package dev.vantage.tsdb.server;

import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.protocol.Secrets;
import dev.vantage.tsdb.protocol.StandardError;
import dev.vantage.tsdb.server.monitor.Monitor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code tsdb-server}. */
@Command(
    name = "tsdb-server",
    description = "Serves a database of time series over a socket.",
    mixinStandardHelpOptions = true,
    versionProvider = ServerMain.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Prints one line, 'listening on HOST:PORT', when it is ready; logs to standard error. On SIGTERM"
          + " or Ctrl-C it answers requests in flight, then ends. On SIGHUP it reads the tokens, the"
          + " certificate and the level of the log in the file of settings again.",
      "Exit codes: 0 ended by SIGTERM, with all requests answered; 1 it could not start, print that"
          + " line or answer all requests; 2 bad usage; 130 ended by Ctrl-C, 143 by SIGTERM before it"
          + " listened."
    })
public final class ServerMain implements Callable<Integer> {
  /** The time that the end of the process waits for the last lines of the log. */
  private static final Duration LAST_LINES = Duration.ofSeconds(1);

  private static final String LOST_OUTPUT = "tsdb-server: cannot write to standard output";
  private static final List<String> VERSION = List.of("--version", "-V");

  private static final Duration DEFAULT_REFRESH = Duration.ofMillis(500);

  @Spec private CommandSpec spec;

  @Option(
      names = "--db",
      paramLabel = "DIR|URL",
      description =
          "Directory of the database, or its address in PostgreSQL: "
              + "postgresql://USER@HOST:PORT/DATABASE. The password is in PGPASSWORD or "
              + "~/.pgpass. It must exist, unless there is --create.")
  private String database;

  @Option(
      names = "--create",
      description = "Makes the database with default settings if it does not exist.")
  private boolean create;

  @Option(
      names = ServerSettings.FILE_OPTION,
      paramLabel = "FILE",
      description =
          "A file whose lines are OPTION = VALUE, without dashes. Options on the command line go"
              + " before it. Default: $TSDB_SERVER_CONFIG, or /etc/tsdb/server.conf if there is one.")
  private @Nullable Path config;

  @Option(
      names = ServerSettings.PRINT_OPTION,
      description = "Prints each option, its value and where it is set, and does nothing else.")
  private boolean printConfig;

  @Option(
      names = "--read-only",
      description =
          "Refuses writes, and loads the writes of other processes. Any number of read-only"
              + " servers can run beside one that writes. The database must exist.")
  private boolean readOnly;

  @Option(
      names = "--refresh",
      paramLabel = "TIME",
      description =
          "The pause between two checks for new writes, with --read-only. Default: 500ms.")
  private @Nullable Duration refresh;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description =
          "The address to listen on; port 0 takes any free port. Default: 127.0.0.1:7207.")
  private InetSocketAddress address = ServerOptions.DEFAULT.address();

  @Mixin private SecurityOptions security;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute distances. Default: one for each processor.")
  private int threads = OpenOptions.DEFAULT.threads();

  @Option(
      names = "--spectra",
      paramLabel = "auto|memory|disk",
      description =
          "Where the spectra of series are kept: in memory, on the disk (slower searches), or in"
              + " memory up to half of the heap (auto). Default: auto.")
  private OpenOptions.Spectra spectra = OpenOptions.DEFAULT.spectra();

  @Option(
      names = "--backlog",
      paramLabel = "N",
      description = "Connections that may wait to be accepted. Default: ${DEFAULT-VALUE}.")
  private int backlog = ServerOptions.DEFAULT.backlog();

  @ArgGroup(validate = false, heading = "%nLimits:%n")
  private LimitOptions limits = new LimitOptions();

  @Mixin private CacheOptions cache;

  @ArgGroup(validate = false, heading = "%nMonitoring:%n")
  private MonitorOptions monitor = new MonitorOptions();

  private final ErrorOutput errors;
  private final String[] arguments;

  private ServerMain(ErrorOutput errors, String[] arguments) {
    this.errors = errors;
    this.arguments = arguments.clone();
  }

  /**
   * Runs the server until the process receives SIGTERM or SIGINT.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    StandardError.use();
    if (args.length == 1 && VERSION.contains(args[0])) {
      // The parser and the log would take longer than all the rest.
      System.out.println(new Version().getVersion()[0]);
      if (System.out.checkError()) {
        System.err.println(LOST_OUTPUT);
        System.exit(CommandLine.ExitCode.SOFTWARE);
      }
      return;
    }
    // No static field of this class may hold a logger: the log is configured here first.
    ErrorOutput errors = ErrorOutput.install(System::nanoTime);
    PrintWriter err = Secrets.of(args, System.getenv()).over(System.err);
    int code = run(args, errors, err);
    if (code == CommandLine.ExitCode.OK && System.out.checkError()) {
      err.println(LOST_OUTPUT);
      code = CommandLine.ExitCode.SOFTWARE;
    }
    errors.drain(LAST_LINES);
    System.exit(code);
  }

  private static int run(String[] args, ErrorOutput errors, PrintWriter err) {
    try {
      errors.format(LogOptions.read(args).format(), Clock.systemUTC());
      ServerSettings settings = ServerSettings.read(args, System.getenv());
      LogOptions logging = LogOptions.read(settings.forLog(args));
      errors.format(logging.format(), Clock.systemUTC());
      logging.use();
      CommandLine command = commandLine(errors, args).setErr(err);
      command.setExecutionStrategy(
          parsed -> {
            ServerMain main = (ServerMain) parsed.commandSpec().userObject();
            if (main.printConfig) {
              settings.print(parsed, command.getOut());
              return CommandLine.ExitCode.OK;
            }
            return new CommandLine.RunLast().execute(parsed);
          });
      return command.execute(settings.complete(args, command.getCommandSpec()));
    } catch (InvalidRequestException e) {
      err.println("tsdb-server: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    } catch (OutOfMemoryError e) {
      err.println("tsdb-server: memory must suffice; hint: TSDB_JAVA_OPTIONS=-Xmx4g");
    } catch (Error e) {
      err.println("tsdb-server: server must start, but did not: " + e.getMessage());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static boolean isOutputLost(CommandLine command) {
    command.getOut().flush();
    return System.out.checkError();
  }

  /**
   * Describes the command, for its manual.
   *
   * @return the command, which must not be executed
   */
  public static CommandLine commandLine() {
    return commandLine(
        ErrorOutput.to(OutputStream.nullOutputStream(), System::nanoTime), new String[0]);
  }

  private static CommandLine commandLine(ErrorOutput errors, String[] arguments) {
    return new CommandLine(new ServerMain(errors, arguments))
        .setUsageHelpAutoWidth(true)
        .registerConverter(int.class, Units::wholeNumber)
        .registerConverter(Integer.class, Units::wholeNumber)
        .registerConverter(Duration.class, Units::duration)
        .registerConverter(InetSocketAddress.class, Units::address)
        .registerConverter(OpenOptions.Spectra.class, Units::spectra)
        .registerConverter(CachePolicy.class, CachePolicy::ofLabel)
        .setParameterExceptionHandler(
            (e, args) -> {
              PrintWriter err = e.getCommandLine().getErr();
              err.println("tsdb-server: " + WrongUsage.of(e));
              err.println("'tsdb-server --help' says how it is used.");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("tsdb-server: " + explain(e));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (database == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--db is missing" + (config == null ? "" : ", or db in the file: file=" + config));
    }
    ServerOptions unprotected = options();
    OpenOptions openOptions =
        openOptions().withAttributeLimits(unprotected.requests().attributes());
    Logger log = LoggerFactory.getLogger(ServerMain.class);
    log.atInfo()
        .addKeyValue("java", Runtime.version().toString())
        .log("{} starts", new Version().getVersion()[0]);
    ServerOptions options = unprotected.withAccess(security.access(address));
    try (Monitor watch = listening(options.monitor().metrics(), () -> watch(options))) {
      watch
          .address()
          .ifPresent(
              where ->
                  log.atInfo().addKeyValue("address", Units.format(where)).log("metrics listen"));
      String shown = EmbeddedTsdb.shown(database);
      log.atInfo().addKeyValue("read_only", readOnly).log("opening {}", shown);
      long begun = System.nanoTime();
      Tsdb tsdb = open(openOptions);
      log.atInfo()
          .addKeyValue("read_only", readOnly)
          .addKeyValue("series", tsdb.stats().series())
          .log(
              "opened {} in {} s",
              shown,
              Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1e3);
      serve(tsdb, options, watch, log);
    }
    return 0;
  }

  private Tsdb open(OpenOptions options) {
    try {
      return Tsdb.open(database, options);
    } catch (InvalidLocationException e) {
      if (create || readOnly || EmbeddedTsdb.exists(database)) {
        throw e;
      }
      throw new InvalidLocationException(e.getMessage() + "; hint: --create makes one", e);
    }
  }

  private static Monitor watch(ServerOptions options) throws IOException {
    return Monitor.start(options.monitor(), System::nanoTime);
  }

  private void serve(Tsdb tsdb, ServerOptions options, Monitor watch, Logger log)
      throws IOException, InterruptedException {
    TsdbServer server;
    try {
      server = listening(Optional.of(address), () -> TsdbServer.start(tsdb, options, watch));
    } catch (IOException e) {
      tsdb.close();
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, tsdb, log), "tsdb-shutdown"));
    // The shutdown hook ends the process with another code if it cannot end cleanly.
    Signals.handle("TERM", () -> System.exit(CommandLine.ExitCode.OK));
    Signals.handle("HUP", () -> readAgain(options, log));
    spec.commandLine().getOut().println("listening on " + Units.format(server.address()));
    if (isOutputLost(spec.commandLine())) {
      throw new IOException("cannot write to standard output, which says where the server listens");
    }
    server.awaitClose();
  }

  /** Starts to listen on an address. */
  private interface Listening<T> {
    T start() throws IOException;
  }

  private static <T> T listening(Optional<InetSocketAddress> address, Listening<T> listening)
      throws IOException {
    try {
      return listening.start();
    } catch (IOException e) {
      throw new IOException(
          "address must be free and belong to this machine: address="
              + address.map(Units::format).orElse("none")
              + ", problem="
              + e.getMessage(),
          e);
    }
  }

  private void end(TsdbServer server, Tsdb tsdb, Logger log) {
    boolean clean = false;
    try {
      log.info("shutting down");
      // Acknowledged writes are durable, so the process need not wait for calls that do not end.
      clean = server.drain();
      if (clean) {
        tsdb.close();
      }
      log.info("shut down");
    } catch (RuntimeException | Error e) {
      clean = false;
      log.error("database could not be closed", e);
    }
    errors.drain(LAST_LINES);
    if (!clean) {
      Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
    }
  }

  /** Reads the tokens, the certificate and the level of the log again. */
  private void readAgain(ServerOptions options, Logger log) {
    log.info("reading tokens, certificate and level of the log again");
    options.access().problem(); // logs what has changed
    try {
      LogOptions.read(ServerSettings.read(arguments, System.getenv()).forLog(arguments)).change();
    } catch (RuntimeException e) {
      log.error("level of the log stays as it is: problem={}", e.getMessage());
    }
  }

  private ServerOptions options() {
    try {
      return new ServerOptions(
          address,
          backlog,
          ServerOptions.DEFAULT.access(),
          limits.limits(),
          limits.requests(),
          cache.settings(),
          monitor.monitor());
    } catch (InvalidRequestException e) {
      throw new ParameterException(
          spec.commandLine(), WrongUsage.withOption(e.getMessage(), spec), e);
    }
  }

  private OpenOptions openOptions() {
    try {
      EmbeddedTsdb.shown(database); // a malformed address is bad usage
      OpenOptions options =
          OpenOptions.DEFAULT
              .withThreads(threads)
              .withSmallSearches(OpenOptions.SmallSearches.ON_POOL)
              .withSpectra(spectra);
      if (readOnly && create) {
        throw new InvalidRequestException("--create must not be given with --read-only");
      }
      if (readOnly) {
        return options
            .withAccess(OpenOptions.Access.READ_ONLY)
            .withRefresh(refresh == null ? DEFAULT_REFRESH : refresh);
      }
      if (refresh != null) {
        throw new InvalidRequestException("--refresh needs --read-only");
      }
      return create ? options : options.withAccess(OpenOptions.Access.WRITE);
    } catch (InvalidRequestException e) {
      throw new ParameterException(
          spec.commandLine(), WrongUsage.withOption(e.getMessage(), spec), e);
    }
  }

  private static String explain(Exception failure) {
    if (failure instanceof TsdbException
        || failure instanceof IllegalArgumentException
        || failure instanceof IOException) {
      return failure.getMessage();
    }
    return "internal server error: " + failure;
  }

  /** Reads the version from the manifest of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = ServerMain.class.getPackage().getImplementationVersion();
      return new String[] {"tsdb-server " + Optional.ofNullable(version).orElse("development")};
    }
  }
}
