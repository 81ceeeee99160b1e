/**
 * Fast Fourier transforms of real series whose length is a power of two. {@link
 * dev.vantage.tsdb.fft.RealFft} is the public class; {@link dev.vantage.tsdb.fft.ComplexFft}
 * transforms half the length. Uses no other package.
 *
 * <p>Spectra are split in two halves, all real parts, then all imaginary parts, so that a kernel
 * that handles several frequencies or several series at once reads whole vectors.
 *
 * <p>Arithmetic uses fused multiply-add, which is slow on a processor without that instruction.
 */
@NullMarked
package dev.vantage.tsdb.fft;

import org.jspecify.annotations.NullMarked;
