/**
 * Every engine that answers exact nearest-neighbor queries on the JVM, behind one face. All of them
 * measure the same prepared rows with the same code.
 */
package dev.vantage.tsdb.benchmarks.rival;
