/**
 * The server as a whole: {@link dev.vantage.tsdb.server.TsdbServer} serves a database over a
 * socket, {@link dev.vantage.tsdb.server.ServerOptions} configures it, and {@link
 * dev.vantage.tsdb.server.ServerMain} is the command.
 */
@NullMarked
package dev.vantage.tsdb.server;

import org.jspecify.annotations.NullMarked;
