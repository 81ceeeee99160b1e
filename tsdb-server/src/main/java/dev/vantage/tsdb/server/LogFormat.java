package dev.vantage.tsdb.server;

/** How the log writes its lines. The log itself is Log4j, which finds its settings by name. */
enum LogFormat {
  /** For people. */
  TEXT("log4j2-text.properties"),
  /** An object of JSON in each line. */
  JSON("log4j2-json.properties");

  private static final String SETTINGS = "log4j2.configurationFile";
  private static final String LEVEL = "tsdb.log.level";

  private final String settings;

  LogFormat(String settings) {
    this.settings = settings;
  }

  /**
   * Has the log written so, unless whoever started Java has settings of their own. Does nothing
   * once there is a logger.
   *
   * @param level the least important level that is logged
   */
  void use(String level) {
    System.setProperty(LEVEL, level);
    if (System.getProperty(SETTINGS) == null) {
      System.setProperty(SETTINGS, "classpath:" + settings);
    }
  }
}
