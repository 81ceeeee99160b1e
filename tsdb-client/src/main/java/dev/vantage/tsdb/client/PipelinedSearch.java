package dev.vantage.tsdb.client;

import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Requests;
import dev.vantage.tsdb.protocol.op.SearchAnswer;
import dev.vantage.tsdb.protocol.op.SimilarSeriesRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Many searches whose requests are sent ahead of their responses. Not thread-safe. Can be continued
 * after a connection broke or a busy server refused a request.
 */
final class PipelinedSearch {
  private final int count;
  private final IntFunction<SimilarSeriesRequest> requests;
  private final List<SearchResult> results;

  PipelinedSearch(int count, IntFunction<SimilarSeriesRequest> requests) {
    this.count = count;
    this.requests = requests;
    this.results = new ArrayList<>(count);
  }

  /** Requests the missing results, up to the first refusal, which it returns. */
  Optional<Response> run(ServerConnection connection) throws IOException {
    int first = results.size();
    List<Response> refused = new ArrayList<>();
    Pipeline.ofAnyResponses(connection, count - first, i -> request(first + i))
        .run(
            response ->
                response.status() == Status.OK
                    ? results.add(answer(response))
                    : !refused.add(response));
    return refused.stream().findFirst();
  }

  /** Reads the response to the first request without a result. */
  private SearchResult answer(Response response) {
    return SearchAnswer.answer(response.payload(), next().query());
  }

  boolean isComplete() {
    return results.size() == count;
  }

  /** The first request without a result, or the last request if all have one. */
  SimilarSeriesRequest next() {
    return requests.apply(Math.min(results.size(), count - 1));
  }

  List<SearchResult> results() {
    return List.copyOf(results);
  }

  private byte[] request(int i) {
    return Requests.encode(requests.apply(i), Optional.empty());
  }
}
