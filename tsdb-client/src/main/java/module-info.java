/**
 * A client of a tsdb server: {@link dev.vantage.tsdb.client.TsdbClient} is a {@link
 * dev.vantage.tsdb.Tsdb} over a socket. The module also contains the command line, which is not
 * exported; its dependencies are optional.
 */
module dev.vantage.tsdb.client {
  requires transitive dev.vantage.tsdb;
  requires static info.picocli;
  requires static org.apache.commons.csv;
  requires static me.tongfei.progressbar;
  requires static com.google.errorprone.annotations;
  requires static org.jline.reader;
  requires static org.jline.terminal;
  requires static org.jspecify;

  exports dev.vantage.tsdb.client;

  opens dev.vantage.tsdb.cli to
      info.picocli;
}
