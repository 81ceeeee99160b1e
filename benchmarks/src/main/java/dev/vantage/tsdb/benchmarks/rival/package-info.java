/**
 * Engines that answer exact nearest-neighbor queries on the JVM, behind one interface. All of them
 * compute distances between the same prepared rows with the same code.
 */
package dev.vantage.tsdb.benchmarks.rival;
