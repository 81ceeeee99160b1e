package dev.vantage.tsdb.fft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealFftTest {

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 65536})
  void agreesWithCommonsMath(int length) {
    double[] samples = new Random(length).doubles(length, -1, 1).toArray();
    Complex[] expected =
        new FastFourierTransformer(DftNormalization.STANDARD)
            .transform(samples, TransformType.FORWARD);
    double[] spectrum = new double[length + 3];
    new RealFft(length).forward(samples, spectrum, 3);
    double tolerance = 1e-14 * length;
    for (int f = 1; f < length / 2; f++) {
      assertEquals(expected[f].getReal(), spectrum[3 + f], tolerance, "re " + f);
      assertEquals(expected[f].getImaginary(), spectrum[3 + length / 2 + f], tolerance, "im " + f);
    }
    assertEquals(expected[0].getReal(), spectrum[3], tolerance);
    assertEquals(expected[length / 2].getReal(), spectrum[3 + length / 2], tolerance);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64, 128, 256})
  void agreesWithTheDefinition(int length) {
    double[] samples = new Random(7).doubles(length, -1, 1).toArray();
    double[] spectrum = new double[length];
    new RealFft(length).forward(samples, spectrum, 0);
    for (int f = 1; f < length / 2; f++) {
      double re = 0;
      double im = 0;
      for (int t = 0; t < length; t++) {
        double angle = -2 * Math.PI * ((long) f * t % length) / length;
        re += samples[t] * Math.cos(angle);
        im += samples[t] * Math.sin(angle);
      }
      assertEquals(re, spectrum[f], 1e-12);
      assertEquals(im, spectrum[length / 2 + f], 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 65536})
  void inverseUndoesForward(int length) {
    RealFft fft = new RealFft(length);
    double[] samples = new Random(11).doubles(length, -1, 1).toArray();
    double[] spectrum = new double[length];
    fft.forward(samples, spectrum, 0);
    double[] back = new double[length];
    fft.inverseUnordered(spectrum);
    for (int slot = 0; slot < length; slot++) {
      back[fft.sampleAt(slot)] = spectrum[slot] / length;
    }
    assertArrayEquals(samples, back, 1e-13);
  }

  @Test
  void refusesOtherLengths() {
    for (int length : new int[] {-8, 0, 1, 4, 12, 1000}) {
      assertThrows(IllegalArgumentException.class, () -> new RealFft(length));
    }
  }
}
