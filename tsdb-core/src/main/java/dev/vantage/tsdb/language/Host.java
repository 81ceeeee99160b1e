package dev.vantage.tsdb.language;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InvalidKeyException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds one program: the database, the moment it began, files, and the record of its steps
 * if it is explained. Counts every request, and reports a refused request at the form that made it.
 * Not thread-safe.
 */
final class Host {
  private final Tsdb tsdb;
  private final LanguageOptions options;
  private final Meter meter;
  private final Instant began;
  private @Nullable AttributeTypes types;
  private @Nullable Stats stats;
  private @Nullable Explanation explanation;

  Host(Tsdb tsdb, LanguageOptions options, Meter meter) {
    this.tsdb = tsdb;
    this.options = options;
    this.meter = meter;
    this.began = options.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Returns the moment at which the program began. */
  Instant began() {
    return began;
  }

  Optional<Files> files() {
    return options.files();
  }

  /** Returns the record of steps, or empty if nobody asks for it. */
  Optional<Explanation> explanation() {
    return Optional.ofNullable(explanation);
  }

  void explain(@Nullable Explanation newExplanation) {
    explanation = newExplanation;
  }

  /** Returns the attributes of the database, which are asked for once a program. */
  AttributeTypes types(Position position) {
    AttributeTypes known = types;
    if (known == null) {
      known = ask(position, Tsdb::attributeTypes);
      types = known;
    }
    return known;
  }

  /** Returns the attribute that a name probably means, if the attributes were asked for. */
  Optional<String> nearestAttribute(String name) {
    return Optional.ofNullable(types).flatMap(known -> known.nearest(name));
  }

  /** Returns the state of the database, which is asked for once a program. */
  Stats stats(Position position) {
    Stats known = stats;
    if (known == null) {
      known = ask(position, Tsdb::stats);
      stats = known;
    }
    return known;
  }

  SeriesEntry get(String id, Position position) {
    return ask(position, database -> database.get(id));
  }

  long count(IdQuery query, Position position) {
    return ask(position, database -> database.count(query));
  }

  Rows select(Select select, Position position) {
    return ask(position, database -> database.select(select));
  }

  /** Returns the samples of a series as they are compared. */
  double[] samples(String id, Position position) {
    int length = stats(position).settings().length();
    List<Curve> curves = ask(position, database -> database.curves(List.of(id), length));
    return curves.get(0).values();
  }

  /** Answers one query, or several in one request. */
  List<SearchResult> search(List<Query> queries, Position position) {
    queries.forEach(query -> meter.search());
    return ask(
        position,
        database ->
            queries.size() == 1
                ? List.of(database.search(queries.get(0)))
                : database.searchAll(queries));
  }

  private <T> T ask(Position position, Function<Tsdb, T> request) {
    meter.at(position);
    meter.request();
    Tsdb view = meter.remaining().map(tsdb::withTimeout).orElse(tsdb);
    return refusedAt(position, () -> request.apply(view));
  }

  /** Something that makes or sends a request. */
  interface Refusable<T> {
    T get();
  }

  /** Reports a request that is refused, or cannot be made, at the form that makes it. */
  static <T> T refusedAt(Position position, Refusable<T> request) {
    try {
      return request.get();
    } catch (InvalidKeyException | InvalidIdException e) {
      throw ProgramException.at(position, "database/key", message(e));
    } catch (InvalidRequestException e) {
      throw ProgramException.at(position, "database/request", message(e));
    } catch (InvalidSeriesException e) {
      throw ProgramException.at(position, "value/series", message(e));
    }
  }

  private static String message(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }
}
