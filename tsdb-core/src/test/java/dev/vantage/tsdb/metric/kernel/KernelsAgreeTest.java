package dev.vantage.tsdb.metric.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.fft.RealFft;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.simd.VectorApi;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of any width and plain Java give the same sums, to the last bit. */
class KernelsAgreeTest {
  private static final double[] MULTIPLIERS = {1e-3, 0.1, 1, 10, 33.3, 300};

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536})
  void onRandomRows(int length) {
    assertTrue(VectorApi.isPresent(), "the tests must run with --add-modules");
    compare(length, Seeds.random("kernels of length " + length), length > 4096 ? 2 : 6);
  }

  private static void compare(int length, Random random, int rows) {
    KernelMaker vector = KernelChoice.vector().orElseThrow();
    for (double multiplier : MULTIPLIERS) {
      double[] some = rows(length, multiplier, random, rows);
      RealFft fft = new RealFft(length);
      KernelSum kernelSum = new KernelSum(multiplier);
      CorrelationKernel slow = new ScalarKernel(fft, kernelSum);
      CorrelationKernel fast = vector.make(fft, kernelSum);
      for (int i = 0; i < rows * rows; i++) {
        int x = i / rows * length;
        int y = i % rows * length;
        assertEquals(
            Double.doubleToRawLongBits(slow.sum(some, x, some, y)),
            Double.doubleToRawLongBits(fast.sum(some, x, some, y)),
            "length=" + length + ", multiplier=" + multiplier + ", pair=" + i);
        assertArrayEquals(byLag(slow, some, x, y), byLag(fast, some, x, y));
      }
    }
  }

  private static double[] byLag(CorrelationKernel kernel, double[] rows, int x, int y) {
    double[] correlations = kernel.correlations(rows, x, rows, y);
    double[] byLag = new double[correlations.length];
    Arrays.fill(byLag, Double.NaN);
    for (int place = 0; place < correlations.length; place++) {
      byLag[kernel.lagAt(place)] = correlations[place];
    }
    return byLag;
  }

  /** Returns noise, random walks and a spike. */
  private static double[] rows(int length, double multiplier, Random random, int count) {
    Metric metric = new KernelCorrelation(length, multiplier);
    double[] rows = new double[count * length];
    for (int row = 0; row < count; row++) {
      double[] samples = random.doubles(length, -1, 1).toArray();
      if (row % 3 == 1) {
        Arrays.parallelPrefix(samples, Double::sum);
      } else if (row % 3 == 2) {
        Arrays.fill(samples, 1, length, 0);
      }
      metric.prepare(samples, rows, row * length);
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void onVectorsOfSoManyBytes(int bytes) throws Exception {
    List<String> options =
        List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes);
    long seed = Seeds.seed("kernels on vectors of " + bytes + " bytes");
    Output output = run(options, "compare", Long.toString(seed));
    assertEquals("same bits\n", output.out, output.err);
  }

  @Test
  void withoutTheModuleWhichTheLogSaysOnce() throws Exception {
    Output without =
        run(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=info"), "distances", "3");
    Output with =
        run(
            List.of("--add-modules=jdk.incubator.vector", "-Dtsdb.kernel=vector"),
            "distances",
            "3");
    assertEquals(with.out, without.out);
    assertEquals(20, without.out.lines().count());
    List<String> said =
        without.err.lines().filter(line -> line.contains("without the Vector API")).toList();
    assertEquals(1, said.size(), without.err);
    assertTrue(said.get(0).contains("--add-modules jdk.incubator.vector"), without.err);
    assertTrue(with.err.lines().noneMatch(line -> line.contains("without")), with.err);
  }

  private record Output(String out, String err) {}

  private static Output run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = JavaProcess.of(Child.class, arguments);
    builder.command().addAll(1, options);
    Path errors = Files.createTempFile("tsdb", ".err");
    try {
      Process process = builder.redirectError(errors.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      String err = Files.readString(errors);
      assertEquals(0, code, err);
      return new Output(out, err);
    } finally {
      Files.delete(errors);
    }
  }

  /** The main class of the other process. */
  static final class Child {
    public static void main(String[] arguments) {
      Random random = new Random(Long.parseLong(arguments[1]));
      if (arguments[0].equals("compare")) {
        for (int length : new int[] {64, 128, 256, 512, 1024}) {
          compare(length, random, 3);
        }
        System.out.print("same bits\n");
        return;
      }
      for (int length : new int[] {8, 64, 128, 256, 1024}) {
        Metric metric = new KernelCorrelation(length, 10);
        double[] rows = rows(length, 10, random, 2);
        for (int i = 0; i < 4; i++) {
          double distance = metric.evaluator().distance(rows, i / 2 * length, rows, i % 2 * length);
          System.out.print(Double.toHexString(distance) + "\n");
        }
      }
    }
  }
}
