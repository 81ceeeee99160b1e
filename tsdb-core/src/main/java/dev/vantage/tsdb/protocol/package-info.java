/**
 * What a client and a server say to one another, whatever the operation: {@link
 * dev.vantage.tsdb.protocol.Frames frames}, {@link dev.vantage.tsdb.protocol.Response responses},
 * {@link dev.vantage.tsdb.protocol.Status status codes} and {@link dev.vantage.tsdb.protocol.Kind
 * kinds of failure}. The package {@code op} has the operations. Knows the values and exceptions of
 * the public interface, and neither sockets nor databases.
 *
 * <p>Nothing that grows with a request is allocated before there is {@link
 * dev.vantage.tsdb.protocol.Room room} for it: the pieces of its {@link
 * dev.vantage.tsdb.protocol.Body body} as they arrive, the strings, members and numbers that are
 * read from it, and its answer as it is written. The costs are in {@code ReadCosts}.
 */
package dev.vantage.tsdb.protocol;
