package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.ShuttingDownException;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.server.dispatch.FileSender;
import dev.vantage.tsdb.server.dispatch.LostClientException;
import dev.vantage.tsdb.server.dispatch.SentFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Writes the database to temporary files and sends them in parts. Thread-safe. A few threads of its
 * own write the files; the thread of the connection sends the parts, so that a client that reads
 * slowly takes no worker. A transfer holds one part in memory.
 */
final class FileTransfers {
  private static final int WRITERS = 2;
  private static final int WAITING = 8;
  private static final long PATIENCE_SECONDS = 5;

  private final FileSource files;
  private final BooleanSupplier stopped;
  private final ThreadPoolExecutor writers;

  /**
   * Creates the threads when they are needed.
   *
   * @param files writes the files
   * @param stopped whether the server shuts down, which ends every transfer
   */
  FileTransfers(FileSource files, BooleanSupplier stopped) {
    this.files = files;
    this.stopped = stopped;
    this.writers =
        new ThreadPoolExecutor(
            WRITERS,
            WRITERS,
            PATIENCE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "tsdb-transfer");
              thread.setDaemon(true);
              return thread;
            });
    writers.allowCoreThreadTimeOut(true);
  }

  /** Sends a part to the client, and waits until the client has taken it. */
  interface PartSink {
    void send(Body part) throws IOException;
  }

  /**
   * Sends a file. While the file is being written, sends an empty part every 5 s, so that the
   * client knows that the server is alive.
   *
   * @return the last part, which is not sent
   * @throws LostClientException if the client does not take a part in time
   */
  Body run(SentFile sent, FileSender.Parts parts, PartSink sink) {
    Path directory = temporary();
    Path file = directory.resolve(sent.label());
    FutureTask<Boolean> writing =
        new FutureTask<>(() -> files.write(sent, file, this::checkNotStopped), true);
    // The last user of the directory removes it: the writing thread, if the client has gone
    // meanwhile.
    boolean isWritten = false;
    try {
      writers.execute(
          () -> {
            writing.run();
            if (writing.isCancelled()) {
              remove(file, directory);
            }
          });
      await(writing, parts, sink);
      isWritten = true;
      return send(file, parts, sink);
    } catch (RejectedExecutionException e) {
      isWritten = true;
      throw new UnavailableException(
          "waiting transfers must be at most " + WAITING + "; hint: try again later");
    } finally {
      if (isWritten || !writing.cancel(false)) {
        remove(file, directory);
      }
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("tsdb-transfer-");
    } catch (IOException e) {
      throw new StorageUnavailableException(
          "directory of temporary files must be writable: problem=" + e.getMessage());
    }
  }

  private void await(FutureTask<Boolean> writing, FileSender.Parts parts, PartSink sink) {
    while (true) {
      try {
        writing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        checkNotStopped();
        send(parts.encode(new byte[0], 0, true), sink);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ShuttingDownException("server must not be shutting down: try again later");
      } catch (ExecutionException e) {
        Throwable cause = Objects.requireNonNull(e.getCause());
        if (cause instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException("file could not be written", cause);
      }
    }
  }

  private static void send(Body part, PartSink sink) {
    try {
      sink.send(part);
    } catch (IOException e) {
      throw new LostClientException(e);
    }
  }

  private Body send(Path file, FileSender.Parts parts, PartSink sink) {
    byte[] bytes = new byte[FileSender.MOST_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      long left = Files.size(file);
      while (true) {
        checkNotStopped();
        int count = in.readNBytes(bytes, 0, (int) Math.min(left, bytes.length));
        left -= count;
        Body part = parts.encode(bytes, count, left > 0);
        if (left == 0) {
          return part;
        }
        send(part, sink);
      }
    } catch (IOException e) {
      throw new StorageUnavailableException(
          "temporary file must be readable: problem=" + e.getMessage());
    }
  }

  private void checkNotStopped() {
    if (stopped.getAsBoolean()) {
      throw new ShuttingDownException("server must not be shutting down: try again later");
    }
  }

  private static void remove(Path file, Path directory) {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      directory.toFile().deleteOnExit();
    }
  }

  /** Ends the threads after their current work. */
  void close() {
    writers.shutdown();
  }
}
