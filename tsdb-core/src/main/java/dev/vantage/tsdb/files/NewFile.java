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
 * A file that is being written. Until it is published it has a random name in the same directory,
 * which ends in {@code .partial}; closing it before leaves nothing. Not thread-safe.
 */
public final class NewFile implements AutoCloseable {
  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private boolean published;

  /**
   * Begins a file.
   *
   * @param target the name that it is to have
   * @throws IOException if it cannot be made
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
      throw new NoSuchFileException(target.toString()); // the name that was given
    }
  }

  /**
   * Where it is written to.
   *
   * @return the channel; closed with this
   */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Forces the file to the disk and gives it its name.
   *
   * @throws FileAlreadyExistsException if the name is taken; what has it stays as it is
   * @throws IOException if that fails
   */
  public void publish() throws IOException {
    finish();
    FileChecks.publish(partial, target);
    published = true;
  }

  /**
   * Brings it to the disk, and puts it in the place of the file that has its name, if one has; it
   * gets that one's permissions.
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
