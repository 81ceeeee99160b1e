package dev.vantage.tsdb.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The machine on which the numbers were measured. Immutable.
 *
 * @param processor the model of the processor
 * @param cores the number of cores
 * @param memoryBytes memory of the machine
 * @param system the operating system
 * @param virtualMachine the Java virtual machine
 * @param load the load average of the last minute, in processes; negative if unknown
 */
record Machine(
    String processor,
    int cores,
    long memoryBytes,
    String system,
    String virtualMachine,
    double load) {

  static Machine here() {
    return new Machine(
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        property("os.name") + " " + property("os.version"),
        property("java.vm.name") + " " + property("java.runtime.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean bean
        ? bean.getTotalMemorySize()
        : 0;
  }

  private static String processorModel() {
    return line("model name")
        .map(model -> model + line("model\t").map(number -> ", model " + number).orElse(""))
        .orElse(property("os.arch"));
  }

  /** Reads a property of the first processor from /proc/cpuinfo. */
  private static Optional<String> line(String name) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
