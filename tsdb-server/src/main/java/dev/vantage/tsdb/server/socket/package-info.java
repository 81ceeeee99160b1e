/**
 * Sockets, threads, deadlines and limits: {@link dev.vantage.tsdb.server.socket.SocketServer}.
 * Reads and writes frames, under TLS where that is configured, but does not parse their content.
 */
@NullMarked
package dev.vantage.tsdb.server.socket;

import org.jspecify.annotations.NullMarked;
