package dev.vantage.tsdb.server.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** Requests of every kind, from which fuzzers make others. */
final class Requests {
  /** Requests that fill a database with a few series. */
  static final List<String> WRITES =
      List.of(
          "{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3],\"attributes\":{\"n\":1,\"t\":\"x\"}}",
          "{\"op\":\"insert\",\"id\":\"b\",\"ts\":[3,1,2,5],\"attributes\":{\"n\":2,\"f\":true}}",
          "{\"op\":\"insert\",\"id\":\"c\",\"ts\":[[0,0.5,0.7],[1,-2e3,1]],\"replace\":true,"
              + "\"attributes\":{\"n\":-1,\"d\":1.5,\"s\":\"2024-05-01T00:00:00Z\"},"
              + "\"types\":{\"s\":\"timestamp\"}}",
          "{\"op\":\"insert\",\"id\":\"d\",\"ts\":[[1,2.5,7],[1,2,1]],\"period\":3.25}",
          "{\"op\":\"add_attribute\",\"name\":\"z\",\"type\":\"double\"}",
          "{\"op\":\"set_attributes\",\"id\":\"a\",\"attributes\":{\"n\":3,\"d\":null}}",
          "{\"op\":\"add_vantage_point\",\"id\":\"d\"}");

  /** Requests that only read. */
  static final List<String> READS =
      List.of(
          "{\"op\":\"ping\",\"tag\":\"7\"}",
          "{\"op\":\"with_id\",\"id\":\"a\",\"k\":3,\"where\":\"n > 0 and not t like 'x%'\"}",
          "{\"op\":\"with_id\",\"id\":\"b\",\"radius\":0.5,\"include_self\":true,\"explain\":true}",
          "{\"op\":\"with_id\",\"id\":\"b\",\"k\":2,\"budget\":{\"milliseconds\":5.5,"
              + "\"exact_distances\":100}}",
          "{\"op\":\"with_ts\",\"ts\":[1,2,1,4],\"k\":2,\"radius\":1.2,\"explain\":false}",
          "{\"op\":\"with_ts\",\"ts\":[[0,2,4.5],[1,2,-1]],\"period\":2.5,\"where\":\"s is null\"}",
          "{\"op\":\"get\",\"id\":\"c\"}",
          "{\"op\":\"ids\",\"where\":\"n in (1, 2) or s < '2025-01-01'\",\"after\":\"a\","
              + "\"limit\":2}",
          "{\"op\":\"ids\"}",
          "{\"op\":\"count\",\"where\":\"n > 1\"}",
          "{\"op\":\"with_id\",\"id\":\"a\",\"attributes\":[\"n\",\"s\",\"mean\"],\"protocol\":2,"
              + "\"explain\":true,\"ks\":1}",
          "{\"op\":\"select\",\"columns\":[\"n\",{\"count\":\"*\"},{\"mean\":\"length\",\"as\":\"m\"}],"
              + "\"where\":\"n > 0\",\"group_by\":[\"n\"],\"order_by\":[{\"column\":\"m\","
              + "\"descending\":true}],\"limit\":3}",
          "{\"op\":\"select\",\"order_by\":[\"id\"]}",
          "{\"op\":\"curves\",\"ids\":[\"a\",\"b\"],\"points\":8}",
          "{\"op\":\"stats\",\"tag\":\"\\u00e9\\ud83d\\ude00\"}",
          "{\"op\":\"attributes\"}",
          "{\"op\":\"hello\",\"token\":\"x\"}",
          "{\"op\":\"cache_stats\"}",
          "{\"op\":\"cache_config\",\"capacity_mb\":1,\"policy\":\"lru\"}",
          "{\"op\":\"cache_clear\"}");

  /** Words that requests are made of. */
  static final List<String> WORDS =
      List.of(
          "\"op\":",
          "\"tag\":",
          "\"id\":",
          "\"ts\":",
          "\"k\":",
          "\"radius\":",
          "\"where\":",
          "\"include_self\":",
          "\"explain\":",
          "\"replace\":",
          "\"period\":",
          "\"after\":",
          "\"limit\":",
          "\"name\":",
          "\"type\":",
          "\"attributes\":",
          "\"types\":",
          "\"budget\":",
          "\"milliseconds\":",
          "\"exact_distances\":",
          "\"ping\"",
          "\"with_id\"",
          "\"with_ts\"",
          "\"get\"",
          "\"insert\"",
          "\"delete\"",
          "\"ids\"",
          "\"count\"",
          "\"protocol\":",
          "\"attributes\":[",
          "\"ids\":[",
          "\"points\":",
          "\"curves\"",
          "\"select\"",
          "\"columns\":[",
          "\"group_by\":[",
          "\"order_by\":[",
          "{\"count\":",
          "\"descending\":",
          "\"stats\"",
          "\"add_vantage_point\"",
          "\"attributes\"",
          "\"add_attribute\"",
          "\"set_attributes\"",
          "\"hello\"",
          "\"cache_stats\"",
          "\"timestamp\"",
          "\"long\"",
          "\"double\"",
          "\"text\"",
          "\"boolean\"",
          "true",
          "false",
          "null",
          "[[",
          "]]",
          "{}",
          "[]",
          "\"\"",
          "\\u0000",
          "\\ud83d",
          "\\ude00",
          "1e308",
          "-1e-400",
          "1e999",
          "2147483647",
          "9223372036854775808",
          "-0",
          " between ",
          " and ",
          " or ",
          " not ",
          " like ",
          " in (",
          " is null",
          "2024-05-01T00:00:00Z",
          "\u00e9",
          "\n");

  private Requests() {}

  /** All of them. */
  static List<String> all() {
    return Stream.of(WRITES, List.of("{\"op\":\"delete\",\"id\":\"b\"}"), READS)
        .flatMap(List::stream)
        .toList();
  }
}
