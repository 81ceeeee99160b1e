/**
 * The parts of the protocol that are the same for all operations: {@link
 * dev.vantage.tsdb.protocol.Frames frames}, {@link dev.vantage.tsdb.protocol.Response responses},
 * {@link dev.vantage.tsdb.protocol.Status status codes} and {@link dev.vantage.tsdb.protocol.Kind
 * kinds of failure}. The package {@code op} has the operations. This package uses the values and
 * exceptions of the public API, but neither sockets nor databases.
 *
 * <p>All memory that grows with a request is first taken from a {@link
 * dev.vantage.tsdb.protocol.Room}: the pieces of its {@link dev.vantage.tsdb.protocol.Body body} as
 * they arrive, the strings, members and numbers that are read from it, and its response as it is
 * written. The costs are in {@code ReadCosts}.
 */
@NullMarked
package dev.vantage.tsdb.protocol;

import org.jspecify.annotations.NullMarked;
