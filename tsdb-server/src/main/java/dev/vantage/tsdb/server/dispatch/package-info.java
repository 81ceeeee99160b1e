/**
 * From the bytes of a request to the bytes of its answer: {@link
 * dev.vantage.tsdb.server.dispatch.Dispatcher}. Does no input or output of its own.
 */
package dev.vantage.tsdb.server.dispatch;
