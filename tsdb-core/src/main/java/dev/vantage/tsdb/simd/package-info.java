/**
 * Detects the Vector API, and creates the objects of the classes that need it. Uses no other
 * package.
 *
 * <p>The Vector API is an incubating module, {@code jdk.incubator.vector}: it is present only if
 * the program requests it. Therefore the classes that need it are compiled separately, from the
 * source root {@code src/main/java-vector}, in files called {@code Vector*.java}; nothing refers to
 * them by type. Each implements an interface of its package that also has an implementation in
 * plain Java.
 */
@NullMarked
package dev.vantage.tsdb.simd;

import org.jspecify.annotations.NullMarked;
