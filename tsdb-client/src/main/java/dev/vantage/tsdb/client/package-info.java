/**
 * The same database over a socket: {@link dev.vantage.tsdb.client.TsdbClient} is a {@link
 * dev.vantage.tsdb.Tsdb} behind a server, {@link dev.vantage.tsdb.client.ClientOptions} says how it
 * is reached, and {@link dev.vantage.tsdb.client.ConnectionException} that it is not.
 */
package dev.vantage.tsdb.client;
