package dev.vantage.tsdb.client;

import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Response;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One connection to a server. Used by one thread at a time, except that any may close it, which
 * ends what the other waits for.
 */
final class Connection implements AutoCloseable {
  // What a frame takes in memory grows with what arrives, so answers need no limit of their own.
  private static final int MAX_RESPONSE = Integer.MAX_VALUE - 16;
  private static final int BUFFER_BYTES = 1 << 16;

  private final SocketChannel channel;
  private final InputStream in;
  private final FrameReader frames;
  private volatile long sentBytes;

  private Connection(SocketChannel channel) {
    this.channel = channel;
    in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES);
    frames = new FrameReader(in, MAX_RESPONSE);
  }

  static Connection open(InetSocketAddress address, Duration timeout) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      int millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
      channel.socket().connect(address, millis);
      return new Connection(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Sends a whole frame. */
  void send(byte[] frame) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(frame);
    while (rest.hasRemaining()) {
      sentBytes += channel.write(rest);
    }
  }

  /** How many bytes have left this side since the connection was opened. */
  long sentBytes() {
    return sentBytes;
  }

  /** Waits for the next response. */
  Response receive() throws IOException {
    byte[] body =
        frames
            .read()
            .orElseThrow(() -> new EOFException("server closed the connection before it answered"));
    return Response.decode(body);
  }

  /** Whether nothing has happened to this connection since its last response. */
  boolean isQuiet() {
    try {
      if (in.available() > 0) {
        return false;
      }
      channel.configureBlocking(false);
      int received = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return received == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing more is wanted of it.
    }
  }
}
