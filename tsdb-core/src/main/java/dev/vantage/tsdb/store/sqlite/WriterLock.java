package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right to write to a directory. It ends with {@link #close} or with the process,
 * even after a crash. The lock file names the owner for people to read; only the lock on it counts.
 * Thread-safe.
 */
final class WriterLock implements AutoCloseable {
  /**
   * The number of tries, because another process may remove and create the file between two steps.
   */
  private static final int TRIES = 100;

  private static final int MOST_HOLDER_BYTES = 32;

  /**
   * The keys of the files that this process has locked. Threads hold its monitor while they open or
   * close a lock file. A process loses all its locks on a file when it closes any descriptor of it,
   * so a file in this set must not be opened again. Static, because locks belong to the process.
   */
  private static final Set<Object> LOCKED = new HashSet<>();

  private final Path file;
  private final boolean made;
  private final FileChannel channel;
  private final Optional<Object> key;

  private WriterLock(Path file, boolean made, FileChannel channel, Optional<Object> key) {
    this.file = file;
    this.made = made;
    this.channel = channel;
    this.key = key;
    key.ifPresent(LOCKED::add);
  }

  /** Locks the directory of a database. The caller has checked its files. */
  static WriterLock acquire(DatabaseFiles files) {
    Path file = files.lock();
    try {
      synchronized (LOCKED) {
        return acquire(files, file);
      }
    } catch (IOException e) {
      throw FileFailures.of("database cannot be locked for writing: file=" + file, e);
    }
  }

  private static WriterLock acquire(DatabaseFiles files, Path file) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (FileChecks.key(file).filter(LOCKED::contains).isPresent()) {
        throw inUse(files, Long.toString(ProcessHandle.current().pid()));
      }
      boolean made = make(file);
      Optional<Object> key = FileChecks.key(file);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      Optional<WriterLock> lock = Optional.empty();
      try {
        if (tryLock(channel) == null) {
          throw inUse(files, holder(channel));
        }
        // A lock on a file that was removed meanwhile excludes no other process.
        if (key.equals(FileChecks.key(file))) {
          files.check();
          sign(channel, file, made);
          lock = Optional.of(new WriterLock(file, made, channel, key));
          return lock.get();
        }
      } finally {
        if (lock.isEmpty()) {
          channel.close();
        }
      }
    }
    throw new IOException("it is removed again and again");
  }

  private static boolean make(Path file) throws IOException {
    try {
      FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              FileChecks.permissions(file))
          .close();
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static StoreException inUse(DatabaseFiles files, String holder) {
    return new StoreException(
        StoreException.Kind.IN_USE,
        "a database can be open for writing only once: directory="
            + files.directory()
            + (holder.isEmpty() ? "" : ", open in process=" + holder));
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MOST_HOLDER_BYTES);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1).strip();
  }

  /** Writes the owner into a locked file. A new file that cannot be written is removed again. */
  private static void sign(FileChannel channel, Path file, boolean made) throws IOException {
    try {
      sign(channel);
    } catch (IOException e) {
      if (made) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  private static void sign(FileChannel channel) throws IOException {
    String process = ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(process.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by another class loader of this process
    }
  }

  /** Throws if the lock file is gone or replaced: another process may have the lock by now. */
  void check() {
    if (key.isPresent() && !key.equals(FileChecks.key(file))) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "file must stay where it was opened: file="
              + file
              + ", problem="
              + (FileChecks.isTaken(file) ? "another file is there" : "it is gone")
              + "; hint: another process may write by now; close the database and open it again");
    }
  }

  /** Releases the lock, and removes the file if this object created it. */
  void discard() {
    if (made) {
      try {
        // The file is removed while it is locked: a process that has opened it meanwhile detects
        // the removal.
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // An unlocked file does no harm.
      }
    }
    close();
  }

  @Override
  public void close() {
    synchronized (LOCKED) {
      if (channel.isOpen()) {
        key.ifPresent(LOCKED::remove);
        closeQuietly();
      }
    }
  }

  private void closeQuietly() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock ends with the descriptor in any case.
    }
  }
}
