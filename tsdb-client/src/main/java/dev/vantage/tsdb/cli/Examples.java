package dev.vantage.tsdb.cli;

import java.util.List;

/** Examples for the help of verbs. A test parses each. */
final class Examples {
  private Examples() {}

  /** The examples for a verb, or for a verb of it: {@code cache config}. */
  static List<String> of(String verb) {
    return switch (verb) {
      case "demo" -> List.of("tsdb demo", "tsdb demo --keep demo.db");
      case "create" ->
          List.of(
              "tsdb create --db stars.db --length 256",
              "tsdb create --db postgresql://me@host/stars");
      case "import" ->
          List.of(
              "tsdb import --db try.db --as wide data/bumps-1000.tsv",
              "tsdb import --db stars.db --as light-curve --group-by band --periods periods.csv light-curves/");
      case "generate" -> List.of("tsdb generate --count 1000 --seed 1 --output bumps.tsv");
      case "similar" ->
          List.of(
              "tsdb similar --db stars.db 4099_g -k 3",
              "tsdb similar 4099_g --where \"band = 'r' and period < 0.6\"",
              "tsdb similar 4099_g --select type,period --format csv",
              "tsdb similar --file new.csv --period 0.64 --radius 0.05 --format csv");
      case "query" ->
          List.of(
              "tsdb query --db stars.db '(similar \"4099_g\" :k 3)'",
              "tsdb query '(count (within id 0.02))' --arg-text id=4099_g --format json");
      case "get" ->
          List.of("tsdb get --db stars.db 4099_g > 4099_g.csv", "tsdb get 4099_g --format json");
      case "insert" -> List.of("tsdb insert new_g --file new.csv --period 0.64 --attribute band=g");
      case "delete" -> List.of("tsdb delete --db stars.db 4099_g 4099_r");
      case "list" ->
          List.of(
              "tsdb list --db stars.db --limit 10",
              "tsdb list --where \"period > 0.5\" --format csv");
      case "count" -> List.of("tsdb count --db stars.db", "tsdb count --where \"period > 0.5\"");
      case "stats" ->
          List.of("tsdb stats --db stars.db", "tsdb stats --server 127.0.0.1:7207 --watch");
      case "attributes" -> List.of("tsdb attributes list --db stars.db");
      case "attributes list" -> List.of("tsdb attributes list --db stars.db");
      case "attributes add" -> List.of("tsdb attributes add observed timestamp --db stars.db");
      case "attributes set" ->
          List.of(
              "tsdb attributes set 4099_g type=RRab period=0.64 --db stars.db",
              "tsdb attributes set 4099_g --remove type");
      case "vantage-points" -> List.of("tsdb vantage-points list --db stars.db");
      case "vantage-points list" -> List.of("tsdb vantage-points list --db stars.db");
      case "vantage-points add" -> List.of("tsdb vantage-points add 4099_g --db stars.db");
      case "cache" -> List.of("tsdb cache stats", "tsdb cache config --capacity 128");
      case "cache stats" -> List.of("tsdb cache stats --server 127.0.0.1:7207");
      case "cache config" -> List.of("tsdb cache config --capacity 128 --policy lru");
      case "cache clear" -> List.of("tsdb cache clear");
      case "verify" -> List.of("tsdb verify --db stars.db --all");
      case "backup" -> List.of("tsdb backup --db stars.db stars.backup");
      case "export" -> List.of("tsdb export --db stars.db stars.jsonl.gz");
      case "restore" ->
          List.of(
              "tsdb restore --db copy.db stars.backup",
              "tsdb restore --db cycles-dtw.db --distance dtw --parameter window=6 cycles.jsonl.gz");
      case "completion" -> List.of("eval \"$(tsdb completion bash)\"");
      case "help" -> List.of("tsdb help similar");
      case "distances" -> List.of("tsdb distances", "tsdb distances --format json");
      case "version" -> List.of("tsdb version");
      default -> List.of();
    };
  }
}
