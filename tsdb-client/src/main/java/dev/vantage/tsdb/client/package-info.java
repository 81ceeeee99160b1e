/**
 * A database behind a server: {@link dev.vantage.tsdb.client.TsdbClient} is a {@link
 * dev.vantage.tsdb.Tsdb} like an embedded one, and throws the same exceptions; {@link
 * dev.vantage.tsdb.client.ConnectionException} is the one that only a network can cause.
 */
package dev.vantage.tsdb.client;
