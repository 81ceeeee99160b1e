package dev.vantage.tsdb.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file that is being written. Not thread-safe. Until it is published it has a random name in the
 * same directory, which ends in {@code .partial}; closing it earlier deletes the file.
 */
public final class NewFile implements AutoCloseable {
  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private boolean published;

  /**
   * Creates the file under its random name.
   *
   * @param target the final name
   * @throws IOException if the file cannot be created
   */
  public NewFile(Path target) throws IOException {
    this.target = target;
    partial = FileChecks.randomName(target);
    try {
      channel =
          FileChannel.open(
              partial,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              FileChecks.permissions(partial));
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(target.toString()); // the name as the caller gave it
    }
  }

  /** {@return the name that the file is to have} */
  @Override
  public String toString() {
    return "file=" + target;
  }

  /**
   * Returns the channel that writes the file.
   *
   * @return the channel; closed with this object
   */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Forces the file to the disk and gives it its name.
   *
   * @throws FileAlreadyExistsException if the name is taken; the existing file is unchanged
   * @throws IOException if that fails
   */
  public void publish() throws IOException {
    finish();
    FileChecks.publish(partial, target);
    published = true;
  }

  /**
   * Forces the file to the disk and moves it to its name. Replaces an existing file of that name
   * and takes over its permissions.
   *
   * @throws IOException if that fails
   */
  public void replace() throws IOException {
    if (Files.isDirectory(target)) {
      throw new RefusedPathException(target, "is a directory");
    }
    finish();
    if (Files.exists(target) && FileChecks.hasPermissions(target)) {
      Files.setPosixFilePermissions(partial, Files.getPosixFilePermissions(target));
    }
    Files.move(
        partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    published = true;
    FileChecks.force(FileChecks.parent(target));
  }

  private void finish() throws IOException {
    channel.force(true);
    channel.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!published) {
      Files.deleteIfExists(partial);
    }
  }
}
