package dev.vantage.tsdb.metric.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.testkit.Seeds;
import java.util.Random;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transform of every lane equals that of a library, and the inverse restores the input. */
class LaneFftTest {
  private static final FastFourierTransformer SLOW =
      new FastFourierTransformer(DftNormalization.STANDARD);

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 32, 64, 128, 256})
  void agreesWithALibrary(int length) {
    Random random = Seeds.random("lanes " + length);
    int lanes = 19;
    float[][] re = new float[length][lanes];
    float[][] im = new float[length][lanes];
    Complex[][] series = new Complex[lanes][length];
    for (int lane = 0; lane < lanes; lane++) {
      for (int k = 0; k < length; k++) {
        re[k][lane] = random.nextFloat() - 0.5f;
        im[k][lane] = random.nextFloat() - 0.5f;
        series[lane][k] = new Complex(re[k][lane], im[k][lane]);
      }
    }
    LaneFft fft = new LaneFft(length);
    fft.inverse(re, im, lanes);
    for (int lane = 0; lane < lanes; lane++) {
      Complex[] times = SLOW.transform(series[lane], TransformType.INVERSE);
      double expected = 0;
      double found = 0;
      // The order of times is unspecified; a sum of cubes does not depend on it.
      for (int t = 0; t < length; t++) {
        Complex scaled = times[t].multiply(length);
        expected += Math.pow(scaled.getReal(), 3) - 2 * Math.pow(scaled.getImaginary(), 3);
        found += Math.pow(re[t][lane], 3) - 2 * Math.pow(im[t][lane], 3);
      }
      assertEquals(expected, found, 1e-4 * Math.pow(length, 2.5));
    }
    fft.forward(re, im, lanes);
    for (int lane = 0; lane < lanes; lane++) {
      for (int k = 0; k < length; k++) {
        assertEquals(series[lane][k].getReal(), re[k][lane] / length, 1e-5);
        assertEquals(series[lane][k].getImaginary(), im[k][lane] / length, 1e-5);
      }
    }
  }
}
