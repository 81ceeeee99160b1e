package dev.vantage.tsdb.protocol;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;

/**
 * The standard error of a process whose launcher reads the lines that Java itself prints. The
 * launcher has duplicated the real standard error, and says under which number, so that what the
 * program prints passes through no other process: it arrives before the process ends, whole or not.
 */
public final class StandardError {
  private static final String NUMBER = "tsdb.stderr";

  private StandardError() {}

  /**
   * Replaces {@link System#err} by the duplicate, if the launcher has made one. Must be called
   * before anything keeps the present one.
   */
  public static void use() {
    Integer number = Integer.getInteger(NUMBER);
    if (number == null) {
      return;
    }
    try {
      // Opening /dev/fd/N would lose the position in a file, and does not work for sockets.
      Constructor<FileDescriptor> constructor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      FileOutputStream real = new FileOutputStream(constructor.newInstance(number));
      System.setErr(new PrintStream(real, true));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Without the duplicate, the launcher hands on what is printed.
    }
  }
}
