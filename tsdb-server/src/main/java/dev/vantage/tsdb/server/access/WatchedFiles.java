package dev.vantage.tsdb.server.access;

import dev.vantage.tsdb.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that is made of files, and made again when they change. Where that fails, the value
 * before stays, and the log says why. Thread-safe.
 */
final class WatchedFiles<T> {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final String MISSING = "missing";

  private final List<Path> files;
  private final Supplier<T> reader;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile T value;
  private volatile long checked;
  private List<String> stamps;

  /** Reads the files for the first time; what the reader throws then is thrown. */
  WatchedFiles(List<Path> files, Supplier<T> reader, LongSupplier nanoTime) {
    this.files = List.copyOf(files);
    this.reader = reader;
    this.nanoTime = nanoTime;
    this.stamps = stampsNow();
    this.value = reader.get();
    this.checked = nanoTime.getAsLong();
  }

  /** The value as it was within the last second. */
  T recent() {
    return nanoTime.getAsLong() - checked < INTERVAL_NANOS ? value : current();
  }

  /** The value as it is now. */
  T current() {
    lock.lock();
    try {
      List<String> now = stampsNow();
      if (!now.equals(stamps)) {
        stamps = now;
        readAgain();
      }
      checked = nanoTime.getAsLong();
      return value;
    } finally {
      lock.unlock();
    }
  }

  private void readAgain() {
    try {
      value = reader.get();
      LOG.info("read again, since it changed: files={}", files);
    } catch (InvalidRequestException e) {
      LOG.error("changed, and left as it was before: files={}, problem={}", files, e.getMessage());
    }
  }

  private List<String> stampsNow() {
    return files.stream().map(WatchedFiles::stamp).toList();
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (IOException e) {
      return MISSING;
    }
  }
}
