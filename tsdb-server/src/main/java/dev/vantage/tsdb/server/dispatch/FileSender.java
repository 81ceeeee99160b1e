package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.op.Op;

/** Writes the database to a file, and sends it to the client of one connection, in parts. */
@FunctionalInterface
public interface FileSender {
  /**
   * Sends all parts before the last one. Its time is not limited by the time for a request.
   *
   * @param tsdb the database
   * @param op which file
   * @param parts encodes a part
   * @return the body of the last part
   * @throws LostClientException if the client does not take a part in time
   */
  Body send(Tsdb tsdb, Op op, Parts parts);

  /** Encodes parts of a file as responses. */
  @FunctionalInterface
  interface Parts {
    /**
     * Encodes a part.
     *
     * @param bytes holds the bytes of the part
     * @param count how many of them, from the first
     * @param more whether another part follows
     * @return the body of its frame
     */
    Body encode(byte[] bytes, int count, boolean more);
  }
}
