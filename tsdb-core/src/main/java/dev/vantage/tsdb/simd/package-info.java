/**
 * Whether this Java has the Vector API, and the one way to the classes that need it. Uses no other
 * package.
 *
 * <p>The Vector API is an incubating module, {@code jdk.incubator.vector}: a program that does not
 * ask for it does not have it. So the classes that need it are compiled apart, from the source root
 * {@code src/main/java-vector}, in files called {@code Vector*.java}; nothing refers to them by
 * type. Each implements an interface of its package, and there is an implementation in plain Java
 * beside it.
 */
package dev.vantage.tsdb.simd;
