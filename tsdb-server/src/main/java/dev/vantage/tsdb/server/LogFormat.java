package dev.vantage.tsdb.server;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** The format of log lines. The log is Log4j, which finds its settings by a file name. */
enum LogFormat {
  /** Plain text, for people. */
  TEXT("log4j2-text.properties"),
  /** A JSON object in each line. */
  JSON("log4j2-json.properties");

  private static final String SETTINGS = "log4j2.configurationFile";
  private static final String LOGGER = "dev.vantage.tsdb";
  private static final String LEVEL = "tsdb.log.level";

  private final String settings;

  LogFormat(String settings) {
    this.settings = settings;
  }

  /**
   * Sets this format, unless the user of Java has configured Log4j already. Has no effect once a
   * logger exists.
   *
   * @param level the least important level that is logged
   */
  void use(String level) {
    System.setProperty(LEVEL, level);
    if (System.getProperty(SETTINGS) == null) {
      System.setProperty(SETTINGS, "classpath:" + settings);
    }
  }

  /**
   * Changes the level while the log is in use.
   *
   * @param level the least important level that is logged
   */
  static void change(String level) {
    Configurator.setLevel(LOGGER, Level.valueOf(level));
  }
}
