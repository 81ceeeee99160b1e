package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.condition.Accepted;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.DoubleFilter;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.LikePattern;
import dev.vantage.tsdb.condition.LongFilter;
import dev.vantage.tsdb.condition.Polarity;
import dev.vantage.tsdb.condition.TextFilter;
import dev.vantage.tsdb.format.AttributeFile;
import dev.vantage.tsdb.format.AttributeSelection;
import dev.vantage.tsdb.format.FileReport;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.Periods;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.format.SourceLine;
import dev.vantage.tsdb.format.WideWriter;
import dev.vantage.tsdb.language.Language;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.SampleMetric;
import dev.vantage.tsdb.plot.AlignedCurves;
import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Plot;
import dev.vantage.tsdb.rows.Aggregate;
import dev.vantage.tsdb.rows.BoundSelect;
import dev.vantage.tsdb.rows.GroupCollector;
import dev.vantage.tsdb.rows.RowCollector;
import dev.vantage.tsdb.rows.RowOrder;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SelectColumn;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.MissingJavadoc;
import dev.vantage.tsdb.testkit.NullCalls;
import dev.vantage.tsdb.testkit.PublicTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every public type of the exported packages. */
class PublicInterfaceTest {
  @TempDir Path directory;

  @Test
  void everyClassHasAStringOfItsOwn() throws IOException {
    assertEquals(List.of(), PublicTypes.withoutString(PublicTypes.ofModuleWith(Tsdb.class)));
  }

  /** The lint of the build leaves missing comments out, because it cannot tell what is exported. */
  @Tag("long")
  @Test
  void everyPublicMemberIsDescribed() throws IOException {
    List<String> missing = MissingJavadoc.in("tsdb-core", PublicTypes.packages(Tsdb.class));
    assertEquals("", String.join("\n", missing));
  }

  @Test
  void nullsAreRefusedByName() throws IOException {
    try (EmbeddedTsdb database = Tsdb.inMemory(Settings.DEFAULT, 1)) {
      List<Class<?>> types = PublicTypes.ofModuleWith(Tsdb.class);
      assertEquals("", String.join("\n", new NullCalls(samples(database)).unrefused(types)));
    }
  }

  private Map<Class<?>, Object> samples(EmbeddedTsdb database) throws IOException {
    Path table = Files.writeString(directory.resolve("table.csv"), "id,band\nrr-1,g\n");
    TimeSeries series = TimeSeries.ofValues(1, 2, 3);
    AttributeTypes types =
        AttributeTypes.of(Map.of("band", AttributeValue.Type.TEXT, "n", AttributeValue.Type.LONG));
    TextFilter like = (TextFilter) Condition.parse("band like 'g%'").bind(types);
    DoubleFilter bounded = (DoubleFilter) Condition.parse("mean > 1").bind(types);
    Axis axis = Axis.of("phase", 0, 1);
    Map<Class<?>, Object> samples = new HashMap<>();
    samples.put(Object.class, "");
    samples.put(String.class, "rr-1");
    samples.put(RuntimeException.class, new RuntimeException("reason"));
    samples.put(Path.class, directory.resolve("none"));
    samples.put(Duration.class, Duration.ofSeconds(1));
    samples.put(Instant.class, Instant.EPOCH);
    samples.put(Optional.class, Optional.empty());
    samples.put(OptionalInt.class, OptionalInt.empty());
    samples.put(OptionalLong.class, OptionalLong.empty());
    samples.put(List.class, List.of());
    samples.put(Map.class, Map.of());
    samples.put(Set.class, Set.of());
    samples.put(SortedSet.class, new TreeSet<>());
    samples.put(InputStream.class, InputStream.nullInputStream());
    samples.put(Writer.class, new StringWriter());
    samples.put(Tsdb.class, database);
    samples.put(EmbeddedTsdb.class, database);
    samples.put(AccessToken.class, AccessToken.of("secret"));
    samples.put(AttributeLimits.class, AttributeLimits.DEFAULT);
    samples.put(Budget.class, Budget.UNLIMITED);
    samples.put(Match.class, Match.PLAIN);
    samples.put(CacheSettings.class, CacheSettings.DEFAULT);
    samples.put(CacheStats.Use.class, new CacheStats.Use(0, 0, 0));
    samples.put(IdQuery.class, IdQuery.first(1));
    samples.put(MetricSpec.class, MetricSpec.DEFAULT);
    samples.put(
        SampleMetric.class,
        new SampleMetric(MetricSpec.DEFAULT, Geometry.METRIC_SPACE, 8, (one, i, other, j) -> 0));
    samples.put(OpenOptions.class, OpenOptions.DEFAULT);
    samples.put(Query.class, Query.like("rr-1"));
    samples.put(SearchReport.class, new SearchReport.Builder().exact());
    samples.put(SearchReport.Builder.class, new SearchReport.Builder());
    samples.put(Stats.Memory.class, database.stats().memory());
    samples.put(Stats.Versions.class, database.stats().versions());
    samples.put(VerifyReport.Checked.class, new VerifyReport.Checked(0, 0, 0, 0));
    samples.put(SearchReport.Estimate.class, new SearchReport.Estimate(0, 0, 0));
    samples.put(ServerStats.class, new ServerStats(Map.of(), Map.of()));
    samples.put(Settings.class, Settings.DEFAULT);
    samples.put(Stats.class, database.stats());
    samples.put(VerifyOptions.class, VerifyOptions.ALL);
    samples.put(SeriesEntry.class, new SeriesEntry("rr-1", series));
    samples.put(TimeSeries.class, series);
    samples.put(Axis.class, axis);
    samples.put(AlignedCurves.class, AlignedCurves.periodic(2));
    samples.put(Attributes.class, Attributes.none());
    samples.put(AttributeChanges.class, AttributeChanges.none());
    samples.put(AttributeTypes.class, types);
    samples.put(AttributeValue.class, new AttributeValue.LongValue(1));
    samples.put(Condition.class, Condition.parse("n = 1"));
    samples.put(Filter.class, like);
    samples.put(TextFilter.class, like);
    samples.put(LongFilter.class, Condition.parse("n = 1").bind(types));
    samples.put(DoubleFilter.class, bounded);
    samples.put(Filter.And.class, new Filter.And(List.of()));
    samples.put(Filter.Or.class, new Filter.Or(List.of()));
    samples.put(Filter.NullTest.class, new Filter.NullTest("band", Polarity.POSITIVE));
    samples.put(Accepted.class, like.leaf().accepted());
    samples.put(Accepted.Range.class, bounded.leaf().accepted());
    samples.put(Accepted.Matching.class, like.leaf().accepted());
    samples.put(Accepted.Members.class, new Accepted.Members<>(List.of()));
    samples.put(LikePattern.class, ((Accepted.Matching) like.leaf().accepted()).pattern());
    samples.put(BigInteger.class, BigInteger.ONE);
    samples.put(Select.class, Select.columns("band"));
    samples.put(SelectColumn.class, SelectColumn.of("band"));
    samples.put(SelectColumn.OfAttribute.class, SelectColumn.of("band"));
    samples.put(SelectColumn.OfAggregate.class, SelectColumn.of(Aggregate.MAX, "n"));
    samples.put(SelectColumn.OfRows.class, SelectColumn.countOfRows());
    samples.put(RowOrder.class, RowOrder.ascending("band"));
    BoundSelect select = BoundSelect.of(Select.columns("band"), types);
    samples.put(BoundSelect.class, select);
    samples.put(RowCollector.class, RowCollector.of(select));
    samples.put(GroupCollector.class, new GroupCollector(select));
    samples.put(Rows.class, new Rows.Builder(List.of()).build());
    samples.put(Rows.Builder.class, new Rows.Builder(List.of()));
    samples.put(
        AttributeFile.class,
        AttributeFile.read(table, AttributeSelection.all(), types, error -> {}));
    samples.put(AttributeSelection.class, AttributeSelection.all());
    samples.put(FormatError.class, new FormatError("file", 1, "reason"));
    samples.put(FileReport.class, new FileReport("file", "", Map.of(), Map.of()));
    samples.put(SourceLine.class, new SourceLine("file", 1, ""));
    samples.put(Clock.class, Clock.systemUTC());
    samples.put(Language.class, Language.over(database));
    samples.put(LanguageOptions.class, LanguageOptions.DEFAULT);
    samples.put(Value.class, Value.Nil.NIL);
    samples.put(Plot.class, new Plot("", List.of(new Panel("", axis, axis, List.of()))));
    samples.put(Charset.class, StandardCharsets.UTF_8);
    samples.put(Periods.class, Periods.of(Map.of()));
    samples.put(ReadOptions.class, ReadOptions.defaults());
    samples.put(WideWriter.class, new WideWriter(new StringWriter()));
    return samples;
  }
}
