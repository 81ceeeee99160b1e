package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.protocol.op.Op;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that a server sends in parts. Not thread-safe. It has its name only when it is complete
 * and durable; until then it is a temporary file in the same directory.
 */
final class ReceivedFile implements AutoCloseable {
  private final Path file;
  private final Path partial;
  private final Op op;
  private final FileChannel channel;
  private final OutputStream out;

  private ReceivedFile(Path file, Path partial, Op op, FileChannel channel) {
    this.file = file;
    this.partial = partial;
    this.op = op;
    this.channel = channel;
    this.out = Channels.newOutputStream(channel);
  }

  static ReceivedFile beside(Path file, Op op) {
    if (Files.exists(file)) {
      throw taken(file, op);
    }
    try {
      Path directory = file.toAbsolutePath().getParent();
      Path partial = Files.createTempFile(directory, "." + file.getFileName(), ".partial");
      return new ReceivedFile(
          file, partial, op, FileChannel.open(partial, StandardOpenOption.WRITE));
    } catch (NoSuchFileException e) {
      throw new InvalidLocationException("directory of the file must exist: file=" + file, e);
    } catch (AccessDeniedException e) {
      throw new InvalidLocationException("permission denied: file=" + file, e);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static InvalidLocationException taken(Path file, Op op) {
    return new InvalidLocationException(op.label() + " file must not exist: file=" + file);
  }

  private static StorageUnavailableException unwritable(Path file, IOException cause) {
    return new StorageUnavailableException(
        "file must be writable: file=" + file + ", problem=" + cause.getMessage());
  }

  void add(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Gives the file its name. */
  void complete() {
    try {
      channel.force(true);
      channel.close();
      Files.move(partial, file);
    } catch (FileAlreadyExistsException e) {
      throw taken(file, op);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Removes the temporary file, if it is still there. */
  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // A file that cannot be removed does no harm; the failure before is the one to report.
    }
  }
}
