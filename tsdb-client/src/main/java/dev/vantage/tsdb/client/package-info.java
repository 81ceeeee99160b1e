/**
 * A database behind a server: {@link dev.vantage.tsdb.client.TsdbClient} is a {@link
 * dev.vantage.tsdb.Tsdb} like an embedded one, and throws the same exceptions. Only {@link
 * dev.vantage.tsdb.client.ConnectionException} is specific to the network.
 */
@NullMarked
package dev.vantage.tsdb.client;

import org.jspecify.annotations.NullMarked;
