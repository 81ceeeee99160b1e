package dev.vantage.tsdb.store;

import dev.vantage.tsdb.files.FileChecks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The file beside a database that says how far it has come. SQLite opens a file without its log, or
 * an older file in its place, as if nothing had ever been added; the mark tells.
 *
 * <p>It is written after each commit, and not forced to the disk: what a process has written is
 * there after its end, and after a failure of power it may be older than what was committed, but
 * never newer. For one thread at a time.
 */
final class Mark implements AutoCloseable {
  private static final Pattern LINE =
      Pattern.compile("generation=([0-9]{19}) database=([0-9a-f]{16}) check=([0-9a-f]{8})\n");
  private static final int LINE_BYTES = 72;

  /** It may be read while it is being written. */
  private static final int TRIES = 20;

  private final FileChannel channel;
  private final long database;

  /**
   * How far a database has come.
   *
   * @param database which one it is; 0 where that is not known
   * @param generation the number of its last change
   */
  record State(long database, long generation) {

    /** Whether this is an older state of the same database, as far as that is known. */
    private boolean isBefore(State other) {
      return generation < other.generation && (database == other.database || database == 0);
    }
  }

  private Mark(FileChannel channel, long database) {
    this.channel = channel;
    this.database = database;
  }

  /** Opens the mark of a database to move it on; only its writer does so. */
  static Mark open(DatabaseFiles files, State now) throws IOException {
    Path file = files.mark();
    Mark mark =
        new Mark(
            FileChannel.open(
                file,
                Set.of(
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                FileChecks.permissions(file)),
            now.database);
    mark.set(now.generation);
    return mark;
  }

  /** Says that a generation is stored. */
  void set(long generation) {
    try {
      channel.write(
          ByteBuffer.wrap(line(generation, database).getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      // The change is stored. A mark that stays behind finds less, and is never wrong.
    }
  }

  private static String line(long generation, long database) {
    String text = String.format("generation=%019d database=%016x", generation, database);
    CRC32C check = new CRC32C();
    check.update(text.getBytes(StandardCharsets.US_ASCII));
    return String.format("%s check=%08x\n", text, check.getValue());
  }

  /** Reads the mark, which must be done before what is stored is looked at. */
  static Optional<State> read(DatabaseFiles files) {
    try (FileChannel channel =
        FileChannel.open(files.mark(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      Optional<State> state = Optional.empty();
      for (int i = 0; i < TRIES && state.isEmpty(); i++) {
        state = parse(channel);
      }
      return state;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "file must be readable: file=" + files.mark() + ", reason=" + e.getMessage(),
          e);
    }
  }

  /** One that a failure of power has left half written says nothing. */
  private static Optional<State> parse(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LINE_BYTES + 1);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      return Optional.empty();
    }
    long database = Long.parseUnsignedLong(line.group(2), 16);
    long generation = Long.parseLong(line.group(1));
    return text.equals(line(generation, database))
        ? Optional.of(new State(database, generation))
        : Optional.empty();
  }

  /** Refuses a database that has come less far than its mark says. */
  static void check(DatabaseFiles files, Optional<State> marked, State stored) {
    if (marked.isPresent() && stored.isBefore(marked.get())) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "a part of the database is missing, and with it the last changes: file="
              + files.file()
              + ", changes stored="
              + stored.generation
              + ", changes made="
              + marked.get().generation
              + "; hint: put back "
              + DatabaseFiles.NAME
              + " and "
              + DatabaseFiles.LOG
              + " that belong together, or restore a backup; to go on without these changes, delete "
              + files.mark());
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What was written is there.
    }
  }
}
