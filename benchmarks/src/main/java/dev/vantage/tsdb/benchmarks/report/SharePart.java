package dev.vantage.tsdb.benchmarks.report;

import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.benchmarks.rival.Engine;
import dev.vantage.tsdb.benchmarks.rival.Patience;
import dev.vantage.tsdb.benchmarks.rival.Rival;
import dev.vantage.tsdb.benchmarks.rival.RivalAnswer;
import dev.vantage.tsdb.benchmarks.rival.TsdbIndex;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.LightCurves;
import dev.vantage.tsdb.benchmarks.workload.Workload;
import dev.vantage.tsdb.metric.kernel.KernelCorrelation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures the share of series whose exact distance a query needs. */
final class SharePart {
  static final String NAME = "share";
  static final String LIGHT_CURVES = "rr-lyrae";

  private SharePart() {}

  static List<Result> measure(Job job) throws IOException {
    Dataset data = dataset(job);
    double candidates = (double) data.rows().count() * data.queries().size();
    Rival scan = Engine.SCAN.build(data, Patience.endless());
    try (TsdbIndex index = new TsdbIndex(data, 1, false)) {
      for (int query = 0; query < data.queries().size(); query++) {
        RivalAnswer answer = index.nearest(data.queries().get(query), SearchPart.K);
        RivalAnswer right = scan.nearest(data.queries().get(query), SearchPart.K);
        if (!answer.agreesWith(right)) {
          throw new IllegalStateException(
              "tsdb must agree with the scan: query=" + query + ", job=" + job.id());
        }
      }
      return List.of(
          Result.of(Engine.TSDB.label())
              .with("series", data.rows().count())
              .with("queries", data.queries().size())
              .with("exact", index.measured() / candidates)
              .with("triangle", index.prunedBy(SearchReport.TRIANGLE) / candidates)
              .with("simplex", index.prunedBy(SearchReport.SIMPLEX) / candidates)
              .with("least", (double) SearchPart.K / data.rows().count()));
    }
  }

  private static Dataset dataset(Job job) throws IOException {
    int length = job.integer("length");
    double multiplier = job.number("multiplier");
    if (!job.text("workload").equals(LIGHT_CURVES)) {
      return Dataset.of(
          Workload.ofLabel(job.text("workload")), length, multiplier, job.integer("series"));
    }
    LightCurves lightCurves = LightCurves.read(Path.of(job.text(Job.FOLDER)), length);
    return lightCurves.dataset(
        new KernelCorrelation(length, multiplier), lightCurves.count() - job.integer("series"));
  }
}
