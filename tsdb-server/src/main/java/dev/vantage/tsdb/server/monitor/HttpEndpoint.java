package dev.vantage.tsdb.server.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a few pages over HTTP to GET and HEAD. Thread-safe. It has its own threads, so its load
 * does not affect the clients of the database. Each connection serves one request within 10 s.
 */
final class HttpEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  /** More than the usual scrapers. Each slow client blocks one thread until its timeout. */
  private static final int THREADS = 32;

  private static final int WAITING = 64;
  private static final long KEEP_ALIVE_SECONDS = 10;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int INTERNAL_SERVER_ERROR = 500;
  private static final int NO_BODY = -1;

  /** System properties that limit the JDK's HTTP server. Properties that are set already win. */
  private static final Map<String, String> HTTP_LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxRspTime", "10",
          "sun.net.httpserver.idleInterval", "10",
          "jdk.httpserver.maxConnections", "256",
          "sun.net.httpserver.nodelay", "true");

  private final HttpServer server;
  private final ThreadPoolExecutor threads;

  private HttpEndpoint(HttpServer server, ThreadPoolExecutor threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to listen.
   *
   * @param address the address; port 0 takes any free port
   * @param pages the pages, by path
   * @return the running endpoint
   * @throws IOException if it cannot listen there
   */
  static HttpEndpoint start(InetSocketAddress address, Map<String, Supplier<HttpPage>> pages)
      throws IOException {
    HTTP_LIMITS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    HttpServer server = HttpServer.create(address, WAITING);
    ThreadPoolExecutor threads = threads();
    server.setExecutor(
        task -> {
          try {
            threads.execute(task);
          } catch (RejectedExecutionException | Error e) {
            // This exception makes the JDK's server close the connection and keep its thread.
            throw new IllegalStateException("threads are busy: threads=" + THREADS, e);
          }
        });
    server.createContext("/", exchange -> answer(exchange, pages));
    server.start();
    return new HttpEndpoint(server, threads);
  }

  private static ThreadPoolExecutor threads() {
    AtomicLong count = new AtomicLong();
    return new ThreadPoolExecutor(
        0,
        THREADS,
        KEEP_ALIVE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "tsdb-metrics-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void answer(HttpExchange exchange, Map<String, Supplier<HttpPage>> pages)
      throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      HttpPage page = page(method, exchange.getRequestURI().getPath(), pages);
      byte[] bytes = page.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", page.type());
      exchange.getResponseHeaders().set("Connection", "close");
      if (page.status() == METHOD_NOT_ALLOWED) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      }
      if (method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
        exchange.sendResponseHeaders(page.status(), NO_BODY);
      } else {
        exchange.sendResponseHeaders(page.status(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(bytes);
        }
      }
    }
  }

  private static HttpPage page(String method, String path, Map<String, Supplier<HttpPage>> pages) {
    Supplier<HttpPage> known = pages.get(String.valueOf(path));
    if (known == null) {
      return HttpPage.plain(NOT_FOUND, "not found");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return HttpPage.plain(METHOD_NOT_ALLOWED, "method must be GET or HEAD");
    }
    try {
      return known.get();
    } catch (RuntimeException | Error e) {
      LOG.error("page could not be made: path={}", path, e);
      return HttpPage.plain(
          INTERNAL_SERVER_ERROR, "internal server error; hint: see the log of the server");
    }
  }

  /** {@return the address where it listens} */
  InetSocketAddress address() {
    return server.getAddress();
  }

  /** Stops at once and interrupts running requests. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
