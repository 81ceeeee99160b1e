/**
 * Monitoring for operators: {@link dev.vantage.tsdb.server.monitor.Monitor} counts and times
 * requests, logs slow ones, and serves metrics, health and readiness over HTTP. It is notified of
 * requests as a {@link dev.vantage.tsdb.server.dispatch.RequestObserver}.
 */
@NullMarked
package dev.vantage.tsdb.server.monitor;

import org.jspecify.annotations.NullMarked;
