/**
 * What a client and a server say to one another, both directions: {@link
 * dev.vantage.tsdb.protocol.Frames frames}, {@link dev.vantage.tsdb.protocol.Request requests},
 * {@link dev.vantage.tsdb.protocol.Response responses} with their {@link
 * dev.vantage.tsdb.protocol.Payloads payloads}, and {@link dev.vantage.tsdb.protocol.Status status
 * codes}. Knows the values and exceptions of the door, and neither sockets nor databases.
 */
package dev.vantage.tsdb.protocol;
