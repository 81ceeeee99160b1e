/**
 * Turns the bytes of a request into the bytes of its answer: {@link
 * dev.vantage.tsdb.server.dispatch.Dispatcher}. Does no input or output of its own.
 */
@NullMarked
package dev.vantage.tsdb.server.dispatch;

import org.jspecify.annotations.NullMarked;
