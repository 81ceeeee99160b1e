package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;

/**
 * The limit on neighbors in an answer. Immutable. A query with a radius and no k is answered
 * completely or refused, so the search asks for one neighbor more than the limit.
 *
 * @param most the most neighbors
 */
record NeighborLimit(int most) {
  /** Returns the query to search with. */
  Query bounded(Query query) {
    if (query.k() <= most) {
      return query;
    }
    if (query.k() < Query.UNLIMITED) {
      throw new InvalidRequestException("k must be <= " + most + ": k=" + query.k());
    }
    return query.nearest(most == Query.UNLIMITED ? most : most + 1);
  }

  /** Returns the result of a bounded query, or refuses it. */
  SearchResult checked(SearchResult result) {
    if (result.neighbors().size() > most) {
      throw new InvalidRequestException(
          "neighbors within the radius must be at most "
              + most
              + ": neighbors>"
              + most
              + "; hint: give a smaller radius or k");
    }
    return result;
  }
}
