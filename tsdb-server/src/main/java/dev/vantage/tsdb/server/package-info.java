/**
 * The server as a whole: {@link dev.vantage.tsdb.server.TsdbServer} puts a database behind a
 * socket, {@link dev.vantage.tsdb.server.ServerOptions} says how, and {@link
 * dev.vantage.tsdb.server.ServerMain} does it from the command line.
 */
package dev.vantage.tsdb.server;
