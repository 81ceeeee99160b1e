/**
 * A cache of search answers, valid until the database changes: {@link
 * dev.vantage.tsdb.server.cache.ResultCache}. An answer is stored under a digest of the canonical
 * request, together with the change count of the database from before the search began; it is valid
 * only under that change count. The package uses requests and bytes of payloads, but neither
 * searches nor sockets.
 */
@NullMarked
package dev.vantage.tsdb.server.cache;

import org.jspecify.annotations.NullMarked;
