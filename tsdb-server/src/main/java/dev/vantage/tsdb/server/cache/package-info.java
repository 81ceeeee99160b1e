/**
 * Answers that were computed once, to be given again while the database stays as it is: {@link
 * dev.vantage.tsdb.server.cache.ResultCache}. An answer is kept under a digest of what was asked,
 * in one canonical form, together with the count of changes of the database from before its search
 * began; under any other count it is no answer. Knows requests and bytes of payloads, and neither
 * searches nor sockets.
 */
package dev.vantage.tsdb.server.cache;
