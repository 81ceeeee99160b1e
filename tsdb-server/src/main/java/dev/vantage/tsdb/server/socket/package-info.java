/**
 * Sockets, threads, deadlines and limits: {@link dev.vantage.tsdb.server.socket.SocketServer}.
 * Reads and writes frames, under TLS where that is configured, but does not parse their content.
 */
package dev.vantage.tsdb.server.socket;
