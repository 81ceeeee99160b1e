/**
 * What an operator sees of a running server: {@link dev.vantage.tsdb.server.monitor.Monitor} counts
 * and times requests, logs slow ones, and answers over HTTP how it goes. It is told of requests by
 * {@link dev.vantage.tsdb.server.dispatch.RequestObserver}, and nothing depends on it.
 */
package dev.vantage.tsdb.server.monitor;
