/**
 * Sockets, threads, deadlines and limits: {@link dev.vantage.tsdb.server.socket.SocketServer}.
 * Knows frames, and nothing of what is in them; under TLS, if that is how clients get in.
 */
package dev.vantage.tsdb.server.socket;
