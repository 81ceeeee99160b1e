/**
 * Exact similarity search over time series: the embedded database, its values and distances, the
 * file formats and the protocol. Search, trees, transforms and storage are not exported.
 */
// The driver of PostgreSQL is an automatic module; the modules that the protocol is exported to are
// compiled later.
@SuppressWarnings({"requires-automatic", "module"})
module dev.vantage.tsdb {
  requires transitive com.fasterxml.jackson.databind;
  requires com.zaxxer.hikari;
  requires java.sql;
  requires org.apache.commons.csv;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.vantage.tsdb;
  exports dev.vantage.tsdb.condition;
  exports dev.vantage.tsdb.format;
  exports dev.vantage.tsdb.language;
  exports dev.vantage.tsdb.metric;
  exports dev.vantage.tsdb.plot;
  exports dev.vantage.tsdb.protocol to
      dev.vantage.tsdb.client,
      dev.vantage.tsdb.server;
  exports dev.vantage.tsdb.protocol.op to
      dev.vantage.tsdb.client,
      dev.vantage.tsdb.server;
  exports dev.vantage.tsdb.rows;
  exports dev.vantage.tsdb.series;

  uses dev.vantage.tsdb.metric.MetricProvider;

  provides dev.vantage.tsdb.metric.MetricProvider with
      dev.vantage.tsdb.metric.dtw.DtwProvider,
      dev.vantage.tsdb.metric.erp.ErpProvider,
      dev.vantage.tsdb.metric.euclidean.EuclideanProvider,
      dev.vantage.tsdb.metric.kernel.KernelProvider,
      dev.vantage.tsdb.metric.msm.MsmProvider,
      dev.vantage.tsdb.metric.phase.PhaseInvariantProvider,
      dev.vantage.tsdb.metric.twe.TweProvider;
}
