package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file beside a database that records its last change. SQLite does not notice a file without
 * its log, an older file in its place, or an older file with a newer log; the mark detects all
 * three.
 *
 * <p>The mark is written after each commit and not forced to the disk. It survives the end of the
 * process. After a power failure it may be older than the last commit, but never newer. Not
 * thread-safe.
 */
final class CommitMark implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommitMark.class);
  private static final Pattern LINE =
      Pattern.compile(
          "generation=([0-9]{19}) in file=([0-9]{19}) database=([0-9a-f]{16}) check=[0-9a-f]{8}\n");
  private static final int LINE_BYTES = 100;

  /** The number of tries to read the mark, because it may be read while it is being written. */
  private static final int TRIES = 20;

  /** The number of changes after which the state of the file without its log is read again. */
  private static final int CHANGES_AT_ONCE = 256;

  private final FileChannel channel;
  private final MainFile database;
  private State state;

  /**
   * The progress of a database.
   *
   * @param database the id of the database; 0 if unknown
   * @param generation the number of its last change
   * @param inFile the number of a change; the file without its log has all changes up to it, and
   *     may have more
   */
  record State(long database, long generation, long inFile) {

    /** Returns the id of the database and its generation, of the file and its log together. */
    static State of(Connection connection) throws SQLException {
      boolean known =
          SqlDatabase.number(
                  connection,
                  "SELECT count(*) FROM pragma_table_info('progress') WHERE name = 'database_id'")
              > 0;
      return new State(
          known ? SqlDatabase.number(connection, "SELECT database_id FROM progress") : 0,
          SqlDatabase.number(connection, "SELECT generation FROM progress"),
          0);
    }

    private State with(long newGeneration, long newInFile) {
      return new State(database, newGeneration, newInFile);
    }

    /** Returns whether both states are of one database; true if the id of this state is unknown. */
    private boolean isOf(State other) {
      return database == other.database || database == 0;
    }

    private String line() {
      String text =
          String.format(
              Locale.ROOT,
              "generation=%019d in file=%019d database=%016x",
              generation,
              inFile,
              database);
      CRC32C check = new CRC32C();
      check.update(text.getBytes(StandardCharsets.US_ASCII));
      return String.format(Locale.ROOT, "%s check=%08x\n", text, check.getValue());
    }
  }

  private CommitMark(FileChannel channel, MainFile database, State state) {
    this.channel = channel;
    this.database = database;
    this.state = state;
  }

  /** Opens the mark of a database for writing; only the database's writer does so. */
  static CommitMark open(DatabaseFiles files, SqliteFile database, State now) throws IOException {
    Path file = files.mark();
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            FileChecks.permissions(file));
    CommitMark mark = new CommitMark(channel, new MainFile(database), now);
    mark.look();
    mark.set(now.generation);
    return mark;
  }

  /** Records that a generation is stored. */
  void set(long generation) {
    state = state.with(generation, state.inFile);
    if (generation % CHANGES_AT_ONCE == 0) {
      look();
    }
    try {
      channel.write(ByteBuffer.wrap(state.line().getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      // The change is stored. A mark that is behind detects less, but is never wrong.
    }
  }

  /**
   * Reads the state of the file without its log. The file may be ahead of a log that would take the
   * database back.
   */
  private void look() {
    database
        .state()
        .filter(found -> found.database == state.database && found.generation >= state.inFile)
        .map(found -> Math.min(found.generation, state.generation))
        .ifPresent(inFile -> state = state.with(state.generation, inFile));
  }

  /** Reads the mark. Must be called before the stored data is read. */
  static Optional<State> read(DatabaseFiles files) {
    if (!FileChecks.isTaken(files.mark())) {
      return Optional.empty();
    }
    try (FileChannel channel =
        FileChannel.open(files.mark(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      Optional<State> state = Optional.empty();
      for (int i = 0; i < TRIES && state.isEmpty(); i++) {
        state = parse(channel);
      }
      if (state.isEmpty()) {
        LOG.warn(
            "mark of a database must match its checksum, else a missing part may go unnoticed:"
                + " file={}; hint: the next writer creates the mark again",
            files.mark());
      }
      return state;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "file must be readable: file=" + files.mark() + ", reason=" + FileChecks.reason(e),
          e);
    }
  }

  /** Parses a mark; empty if a power failure has left it incomplete. */
  private static Optional<State> parse(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LINE_BYTES + 1);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      return Optional.empty();
    }
    State state =
        new State(
            Long.parseUnsignedLong(line.group(3), 16),
            Long.parseLong(line.group(1)),
            Long.parseLong(line.group(2)));
    return text.equals(state.line()) ? Optional.of(state) : Optional.empty();
  }

  /** Refuses a database whose generation is behind its mark. */
  static void check(DatabaseFiles files, Optional<State> marked, State stored) {
    if (marked.isPresent() && stored.isOf(marked.get())) {
      check(files, stored.generation, marked.get().generation);
    }
  }

  /**
   * Refuses a file that is behind its mark without its log, or lacks its log, before any other
   * access.
   */
  static void checkWithoutLog(DatabaseFiles files, Optional<State> marked) {
    MainFile file = new MainFile(new SqliteFile(files.file()));
    if (!FileChecks.isTaken(files.log())) {
      checkLogIsNotMissing(files, file);
    } else if (marked.isPresent()) {
      file.state()
          .filter(found -> found.isOf(marked.get()))
          .ifPresent(found -> check(files, found.generation, marked.get().inFile));
    }
  }

  /**
   * Refuses a file whose writer flag is set if it has neither a log nor a mark. Both are looked for
   * last, because a writer that opens or closes the file meanwhile has a log or leaves a mark.
   */
  private static void checkLogIsNotMissing(DatabaseFiles files, MainFile file) {
    if (file.hasWriterFlag() && !FileChecks.isTaken(files.log()) && !isOf(file, read(files))) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "a part of the database is missing: a writer had the file open, and the log with the last"
              + " changes must be beside it: file="
              + files.file()
              + ", missing="
              + files.log()
              + "; hint: copy a database with `tsdb backup`, or put its "
              + DatabaseFiles.LOG
              + " beside the file; to continue without it, "
              + emptyLog(files));
    }
  }

  private static String emptyLog(DatabaseFiles files) {
    return "make an empty file " + files.log();
  }

  private static boolean isOf(MainFile file, Optional<State> marked) {
    return marked.isPresent() && file.state().filter(found -> found.isOf(marked.get())).isPresent();
  }

  /**
   * Clears the flag that a killed writer has left in a file without a mark. Otherwise the last
   * reader that closes the file would remove the log, and the flag would then report a missing log.
   */
  static void clearWriterFlag(DatabaseFiles files, Optional<State> marked) {
    SqliteFile database = new SqliteFile(files.file());
    MainFile file = new MainFile(database);
    if (!FileChecks.isTaken(files.log())
        || database.connections().readAccess() != ReadAccess.SHARED
        || !file.hasWriterFlag()
        || isOf(file, marked)) {
      return;
    }
    try {
      WriterLock lock = WriterLock.acquire(files);
      try {
        file.clearWriterFlag();
      } finally {
        lock.discard();
      }
    } catch (SQLException | StoreException e) {
      // A writer has the database open, or opening the file reports the problem.
    }
  }

  private static void check(DatabaseFiles files, long found, long expected) {
    if (found < expected) {
      boolean needsLog =
          !FileChecks.isTaken(files.log())
              && new MainFile(new SqliteFile(files.file())).hasWriterFlag();
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "a part of the database is missing or older than the others: file="
              + files.file()
              + ", changes found="
              + found
              + ", changes expected="
              + expected
              + "; hint: put back "
              + DatabaseFiles.NAME
              + " and "
              + DatabaseFiles.LOG
              + " that belong together, or restore a backup; to go on with what is there, delete "
              + files.mark()
              + (needsLog ? " and " + emptyLog(files) : ""));
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The written mark is complete.
    }
  }
}
