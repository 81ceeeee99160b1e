package dev.vantage.tsdb.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * A connection that sends frames which are ready, and looks at no more of an answer than it must.
 */
final class LoadConnection implements AutoCloseable {
  private static final byte[] STATUS = "\"status\":".getBytes(StandardCharsets.US_ASCII);

  final SocketChannel channel;
  final ArrayDeque<Long> due = new ArrayDeque<>(); // when each request was to be sent, in order
  private ByteBuffer in = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

  /** Receives answers. */
  interface Answers {
    void answered(long due, int status);
  }

  LoadConnection(int port) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Sends a frame, which must be far smaller than a socket buffer. */
  void send(byte[] frame, long dueNanos) throws IOException {
    due.add(dueNanos);
    write(ByteBuffer.wrap(frame));
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** Reads available answers; waits for them if the channel is blocking. */
  void receive(Answers answers) throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("server closed the connection: unanswered=" + due.size());
    }
    in.flip();
    while (in.remaining() >= Integer.BYTES && in.remaining() >= in.getInt(in.position())) {
      int end = in.position() + in.getInt(in.position());
      answers.answered(due.remove(), status(in.position() + Integer.BYTES, end));
      in.position(end);
    }
    if (in.remaining() >= Integer.BYTES && in.getInt(in.position()) > in.capacity()) {
      ByteBuffer larger =
          ByteBuffer.allocate(2 * in.getInt(in.position())).order(ByteOrder.LITTLE_ENDIAN);
      larger.put(in);
      in = larger;
    } else {
      in.compact();
    }
  }

  private int status(int from, int end) {
    byte[] bytes = in.array();
    for (int i = from; i < end - STATUS.length; i++) {
      if (Arrays.equals(bytes, i, i + STATUS.length, STATUS, 0, STATUS.length)) {
        return bytes[i + STATUS.length] - '0';
      }
    }
    throw new AssertionError("answer must have a status");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
