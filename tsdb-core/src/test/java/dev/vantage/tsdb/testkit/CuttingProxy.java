package dev.vantage.tsdb.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A proxy between a program and PostgreSQL that cuts the connection at a commit. Commits must be
 * unprepared statements in the protocol: clients set {@code prepareThreshold=0}.
 */
public final class CuttingProxy implements AutoCloseable {
  /** What happens to the next commit. */
  public enum Cut {
    /** Nothing. */
    NONE,
    /** PostgreSQL does not receive the commit. */
    BEFORE,
    /** PostgreSQL commits, but the program gets no answer. */
    AFTER
  }

  private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

  private final int target;
  private final ServerSocket door;
  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NONE);
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean staysAway;
  private volatile boolean closed;

  public CuttingProxy(int target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Cuts every connection at the next commit, and optionally refuses connections afterwards. */
  public void cutAtCommit(Cut cut, boolean staysAwayThen) {
    staysAway = staysAwayThen;
    next.set(cut);
  }

  /** Accepts connections again. */
  public void comeBack() {
    staysAway = false;
  }

  private boolean isAway() {
    return staysAway && next.get() == Cut.NONE;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The connection was cut on purpose.
              }
            },
            "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (!closed) {
      Socket program = door.accept();
      if (isAway()) {
        program.close();
        continue;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.addAll(List.of(program, server));
      AtomicReference<Cut> cutting = new AtomicReference<>(Cut.NONE);
      start(() -> toServer(program, server, cutting));
      start(() -> toProgram(program, server, cutting));
    }
  }

  private void toServer(Socket program, Socket server, AtomicReference<Cut> cutting)
      throws IOException {
    InputStream in = program.getInputStream();
    OutputStream out = server.getOutputStream();
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (next.get() != Cut.NONE && holdsCommit(buffer, read)) {
        Cut cut = next.getAndSet(Cut.NONE);
        if (cut == Cut.BEFORE) {
          cutAll();
          return;
        }
        cutting.set(cut);
      }
      out.write(buffer, 0, read);
    }
    server.close();
  }

  private void toProgram(Socket program, Socket server, AtomicReference<Cut> cutting)
      throws IOException {
    InputStream in = server.getInputStream();
    OutputStream out = program.getOutputStream();
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (cutting.get() == Cut.AFTER) {
        cutAll(); // an answered commit is done
        return;
      }
      out.write(buffer, 0, read);
    }
    program.close();
  }

  private void cutAll() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  private static boolean holdsCommit(byte[] buffer, int length) {
    return new String(buffer, 0, length, StandardCharsets.ISO_8859_1)
        .contains(new String(COMMIT, StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    closed = true;
    door.close();
    cutAll();
  }
}
