/**
 * The distance of the kernelised cross-correlation, and its lower bounds, in plain Java and in
 * vector instructions.
 *
 * <p>Its arithmetic uses fused multiply-add ({@link Math#fma(double, double, double)}), so the same
 * rows give the same bits on every Java, with and without the Vector API. Limitation: on a
 * processor without that instruction (x86 before 2013) each operation takes microseconds, and a
 * distance takes milliseconds.
 */
@NullMarked
package dev.vantage.tsdb.metric.kernel;

import org.jspecify.annotations.NullMarked;
