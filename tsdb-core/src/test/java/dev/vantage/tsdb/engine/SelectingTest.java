package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.rows.Aggregate;
import dev.vantage.tsdb.rows.InvalidSelectException;
import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import dev.vantage.tsdb.rows.RowOrder;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SelectColumn;
import dev.vantage.tsdb.rows.SlowSelect;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Selects through the public interface. */
class SelectingTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16);
  private static final Select BANDS =
      Select.of(
              List.of(
                  SelectColumn.of("band"),
                  SelectColumn.countOfRows(),
                  SelectColumn.of(Aggregate.MEAN, "period")))
          .groupedBy("band");

  @TempDir Path directory;

  private static void fill(Tsdb database) {
    Attributes g = Attributes.none().with("band", "g");
    database.insert(new SeriesEntry("b", TimeSeries.ofValues(1, 2, 4), g.with("period", 0.5)));
    database.insert(new SeriesEntry("a", TimeSeries.ofValues(1, 2, 3), g.with("period", 0.25)));
    database.insert(new SeriesEntry("c", TimeSeries.ofValues(3, 2), Attributes.none()));
  }

  private static List<String> select(Tsdb database, Select select) {
    return SlowSelect.text(database.select(select));
  }

  @Test
  void readsWhatIsStored() {
    OpenOptions options = OpenOptions.DEFAULT.withSettings(SETTINGS);
    String place = directory.resolve("db").toString();
    try (EmbeddedTsdb writer = Tsdb.open(place, options);
        EmbeddedTsdb reader = Tsdb.open(place, OpenOptions.DEFAULT.withAccess(Access.READ_ONLY));
        EmbeddedTsdb memory = Tsdb.inMemory(SETTINGS, 1)) {
      fill(writer);
      fill(memory);
      for (Tsdb database : List.of(writer, reader, memory)) {
        assertEquals(List.of("g|2|0.375|", "nil|1|nil|"), select(database, BANDS));
        assertEquals(
            List.of("b|0.5|", "a|0.25|"),
            select(
                database,
                Select.columns("id", "period")
                    .where("band = 'g'")
                    .orderedBy(RowOrder.descending("period"))));
        assertEquals(List.of("a|g|0.25|", "b|g|0.5|"), select(database, Select.all().limit(2)));
      }
      writer.setAttributes("c", AttributeChanges.setting(Attributes.none().with("band", "r")));
      writer.delete("a");
      assertEquals(List.of("g|1|0.5|", "r|1|nil|"), select(writer, BANDS));
      assertEquals(List.of("g|1|0.5|", "r|1|nil|"), select(reader, BANDS));
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    EmbeddedTsdb memory = Tsdb.inMemory(SETTINGS, 1);
    try (EmbeddedTsdb stored = Tsdb.open(directory.resolve("db"))) {
      for (EmbeddedTsdb database : List.of(memory, stored)) {
        fill(database);
        assertThrows(
            InvalidConditionException.class,
            () -> database.select(Select.columns("di").where("bnd = 'g'")),
            "of two faults that of the condition");
        assertEquals(
            Rule.ATTRIBUTE,
            assertThrows(InvalidSelectException.class, () -> database.select(Select.columns("bnd")))
                .rule());
        Tsdb impatient = database.withTimeout(Duration.ofNanos(1));
        assertThrows(DeadlineExceededException.class, () -> impatient.select(BANDS));
      }
    }
    memory.close();
    assertThrows(UnavailableException.class, () -> memory.select(BANDS));
  }

  @Test
  void longsKeepTheirBits() {
    try (EmbeddedTsdb stored = Tsdb.open(directory.resolve("db"))) {
      long[] numbers = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, -3};
      for (int i = 0; i < numbers.length; i++) {
        stored.insert(
            new SeriesEntry(
                "s" + i, TimeSeries.ofValues(1, 2), Attributes.none().with("n", numbers[i])));
      }
      Select sum = Select.of(List.of(SelectColumn.of(Aggregate.SUM, "n")));
      assertEquals(List.of("-5|"), select(stored, sum));
      Select greatest = sum.where("n > 0");
      assertEquals(
          Rule.OVERFLOW,
          assertThrows(InvalidSelectException.class, () -> stored.select(greatest)).rule());
      Rows none = stored.select(sum.where("n = 77"));
      assertEquals(List.of("nil|"), SlowSelect.text(none));
    }
  }
}
