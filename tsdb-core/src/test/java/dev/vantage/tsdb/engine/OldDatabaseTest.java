package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.Get;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.StoreSnapshot;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Databases made by released code, each with a checkpoint, open and answer what that code answered.
 * A resource {@code format-N-database.zip} holds the files of a database and {@code expected.json}:
 * what the command line of that code listed, got and found.
 */
class OldDatabaseTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
  private static final double ROUNDING = 1e-12;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void answersWhatItAnswered(int format) throws IOException {
    unpack("/dev/vantage/tsdb/format-" + format + "-database.zip");
    JsonNode expected = JSON.readTree(directory.resolve("expected.json").toFile());
    try (SqliteStore store = SqliteStore.openToRead(directory)) {
      assertTrue(store.read(StoreSnapshot::checkpoint).isPresent(), "it has a checkpoint");
    }
    try (EmbeddedTsdb reader = Tsdb.open(directory, READ_ONLY)) {
      check(expected, reader);
    }
    try (EmbeddedTsdb writer = Tsdb.open(directory)) {
      check(expected, writer);
      writer.insert("new", TimeSeries.ofValues(1, 2, 4, 8));
      writer.delete("new");
      check(expected, writer);
    }
    try (EmbeddedTsdb reader = Tsdb.open(directory, READ_ONLY)) {
      check(expected, reader);
    }
  }

  private void unpack(String resource) throws IOException {
    try (InputStream in = OldDatabaseTest.class.getResourceAsStream(resource);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(directory.resolve(entry.getName()), zip.readAllBytes());
      }
    }
  }

  private static void check(JsonNode expected, EmbeddedTsdb database) {
    List<String> ids = new ArrayList<>();
    for (JsonNode one : expected.get("series")) {
      SeriesEntry entry = Get.answer(one);
      ids.add(entry.id());
      assertEquals(entry, database.get(entry.id()));
    }
    assertEquals(ids, database.ids(IdQuery.first(Integer.MAX_VALUE)));
    Rows rows = database.select(Select.all().limit(Integer.MAX_VALUE));
    for (int row = 0; row < rows.size(); row++) {
      Map<String, AttributeValue> attributes = database.get(ids.get(row)).attributes().asMap();
      assertEquals(ids.get(row), rows.value(row, 0).orElseThrow().toString());
      for (int column = 1; column < rows.columns().size(); column++) {
        String name = rows.columns().get(column).name();
        assertEquals(Optional.ofNullable(attributes.get(name)), rows.value(row, column), name);
      }
    }
    for (JsonNode search : expected.get("searches")) {
      JsonNode known = search.get("answer");
      List<Neighbor> found = database.search(query(search)).neighbors();
      assertEquals(known.size(), found.size(), search::toString);
      for (int i = 0; i < known.size(); i++) {
        assertEquals(known.get(i).get("id").textValue(), found.get(i).id(), search::toString);
        assertEquals(known.get(i).get("lag").intValue(), found.get(i).lag(), search::toString);
        assertEquals(known.get(i).get("distance").doubleValue(), found.get(i).distance(), ROUNDING);
      }
    }
    assertEquals(List.of(), database.verify(Progress.NONE).problems());
  }

  private static Query query(JsonNode search) {
    Query query =
        search.has("id")
            ? Query.like(search.get("id").textValue())
            : Query.like(Get.answer(search.get("like")).series());
    if (search.has("radius")) {
      query = query.within(search.get("radius").doubleValue());
    }
    if (search.has("k")) {
      query = query.nearest(search.get("k").intValue());
    }
    return search.has("where") ? query.where(search.get("where").textValue()) : query;
  }
}
