package dev.vantage.tsdb.server.access;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that is read from files, and read again when they change. Thread-safe.
 *
 * <p>Changes are found by comparing bytes and permissions, not the times of the file system. So a
 * change is found even if a file was edited twice in a second or renamed into place, or if a
 * symbolic link was changed. The files must be regular: other files cannot be read again.
 */
final class WatchedFiles<T> {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  /** The pause between log lines about files that still cannot be used. */
  private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

  private final List<Path> files;
  private final Supplier<T> reader;
  private final String otherwise;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile State<T> state;
  private volatile long checked;

  @GuardedBy("lock")
  private List<String> stamps;

  @GuardedBy("lock")
  private long told;

  /**
   * The value, and whether it is current.
   *
   * @param value the value of the last usable version of the files
   * @param problem why the current version cannot be used, or empty if the value is from it
   */
  record State<T>(T value, Optional<String> problem) {}

  /**
   * Reads the files for the first time. Throws what the reader throws.
   *
   * @param otherwise the part of the log line that says what happens while the files are unusable
   */
  WatchedFiles(List<Path> files, Supplier<T> reader, String otherwise, LongSupplier nanoTime) {
    this.files = List.copyOf(files);
    this.reader = reader;
    this.otherwise = otherwise;
    this.nanoTime = nanoTime;
    this.stamps = stampsNow();
    this.state = new State<>(read(), Optional.empty());
    this.checked = nanoTime.getAsLong();
  }

  /** Returns the state of at most a second ago. */
  State<T> recent() {
    return nanoTime.getAsLong() - checked < INTERVAL_NANOS ? state : current();
  }

  /** Returns the current state. Files that cannot be checked within a second count as unusable. */
  State<T> current() {
    if (!tryLock()) {
      return new State<>(state.value(), Optional.of("files must be readable within a second"));
    }
    try {
      List<String> now = stampsNow();
      if (!now.equals(stamps)) {
        state = readAgain();
        stamps = now;
      }
      checked = nanoTime.getAsLong();
      state.problem().filter(problem -> checked - told >= SILENCE_NANOS).ifPresent(this::tell);
      return state;
    } finally {
      lock.unlock();
    }
  }

  private boolean tryLock() {
    try {
      return lock.tryLock(INTERVAL_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @GuardedBy("lock")
  private State<T> readAgain() {
    try {
      State<T> good = new State<>(read(), Optional.empty());
      LOG.info("files read again after a change: files={}", files);
      return good;
    } catch (RuntimeException e) {
      // Messages of other exceptions may quote secrets.
      String problem = e instanceof InvalidRequestException ? e.getMessage() : "not well-formed";
      tell(problem);
      return new State<>(state.value(), Optional.of(problem));
    }
  }

  @GuardedBy("lock")
  private void tell(String problem) {
    told = nanoTime.getAsLong();
    LOG.error("changed files cannot be used; {}: files={}, problem={}", otherwise, files, problem);
  }

  private T read() {
    for (Path file : files) {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new InvalidRequestException(
            "file must be a regular one, to be read again when it changes: file=" + file);
      }
    }
    return reader.get();
  }

  private List<String> stampsNow() {
    return files.stream().map(WatchedFiles::stamp).toList();
  }

  private static String stamp(Path file) {
    if (!Files.isRegularFile(file)) {
      return "not a regular file";
    }
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      String permissions =
          view == null ? "" : PosixFilePermissions.toString(view.readAttributes().permissions());
      return permissions + HexFormat.of().formatHex(sha256(SecretFile.bytes(file)));
    } catch (IOException | InvalidRequestException e) {
      return e.toString();
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
