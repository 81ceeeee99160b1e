package dev.vantage.tsdb.fuzz;

/** The entry points of the coverage-guided fuzzer, which calls static methods only. */
public final class JazzerEntry {
  /** The property that names the target. */
  static final String TARGET = "tsdb.fuzz.target";

  private static final long LOOK_EVERY = 500_000;
  private static FuzzTarget target;
  private static LeakWatch leaks;

  private JazzerEntry() {}

  /** Called first. */
  public static void fuzzerInitialize() throws ReflectiveOperationException {
    Class<?> type = Class.forName(System.getProperty(TARGET));
    target = (FuzzTarget) type.getConstructor().newInstance();
    leaks = new LeakWatch(type.getSimpleName(), LOOK_EVERY);
  }

  /** Called again and again. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.accept(input);
    leaks.count();
  }

  /** Called last. */
  public static void fuzzerTearDown() {
    leaks.look();
    System.out.println(target);
    target.close();
  }
}
