/**
 * A client of a tsdb server: {@link dev.vantage.tsdb.client.TsdbClient} is a {@link
 * dev.vantage.tsdb.Tsdb} over a socket. The command line is in here too, and is not exported; what
 * it alone needs is optional.
 */
module dev.vantage.tsdb.client {
  requires transitive dev.vantage.tsdb;
  requires static info.picocli;
  requires static org.apache.commons.csv;
  requires static me.tongfei.progressbar;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.vantage.tsdb.client;

  opens dev.vantage.tsdb.cli to
      info.picocli;
}
