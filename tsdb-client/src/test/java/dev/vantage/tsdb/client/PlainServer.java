package dev.vantage.tsdb.client;

import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.op.Envelope;
import dev.vantage.tsdb.protocol.op.Ping;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with any behavior that a test defines; counts its connections. */
final class PlainServer implements AutoCloseable {
  /** The behavior on one connection, on a thread of its own. */
  interface Behavior {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  private PlainServer(ServerSocket listener) {
    this.listener = listener;
  }

  static PlainServer start(Behavior behavior) throws IOException {
    PlainServer server = new PlainServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    daemon(() -> server.accept(behavior));
    return server;
  }

  /** A behavior that answers every request with "pong", after doing something. */
  static Behavior pongAfter(Runnable something) {
    return socket -> {
      Optional<byte[]> body = read(socket);
      for (; body.isPresent(); body = read(socket)) {
        something.run();
        write(
            socket,
            Response.ok(Envelope.read(body.get()).echo(), Ping.payload().toTree()).encode());
      }
    };
  }

  /** The next request on a connection, or empty at its end. */
  static Optional<byte[]> read(Socket socket) throws IOException {
    return new FrameReader(socket.getInputStream(), Frames.DEFAULT_MAX_LENGTH).read();
  }

  /** Sends a frame. */
  static void write(Socket socket, byte[] body) throws IOException {
    socket.getOutputStream().write(Frames.encode(body));
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "plain-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(Behavior behavior) {
    try {
      while (true) {
        Socket socket = listener.accept();
        accepted.add(socket);
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        daemon(() -> serve(behavior, socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Behavior behavior, Socket socket) {
    try (socket) {
      behavior.serve(socket);
    } catch (IOException e) {
      // The other side is gone.
    } finally {
      open.decrementAndGet();
    }
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  int accepted() {
    return accepted.size();
  }

  int open() {
    return open.get();
  }

  int mostOpen() {
    return mostOpen.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }
}
