package dev.vantage.tsdb.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Reads the HTTP pages of a server, like a monitoring program. */
public record Scrape(InetSocketAddress address) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofMinutes(1)).build();

  HttpResponse<String> get(String path) {
    return send("GET", path);
  }

  HttpResponse<String> send(String method, String path) {
    URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofMinutes(1))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("page must be there: " + uri, e);
    } catch (InterruptedException e) {
      throw new AssertionError("test was interrupted", e);
    }
  }

  /** Returns whether the server is ready, or the reason if it is not. */
  public String readiness() {
    HttpResponse<String> answer = get("/ready");
    return answer.statusCode() + " " + answer.body().strip();
  }

  Map<String, Double> metrics() {
    HttpResponse<String> answer = get("/metrics");
    assertEquals(200, answer.statusCode());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        answer.headers().firstValue("content-type").orElse("none"));
    return PrometheusText.parse(answer.body());
  }
}
