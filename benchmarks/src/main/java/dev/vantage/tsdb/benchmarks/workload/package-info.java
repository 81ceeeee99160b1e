/**
 * The collections of the benchmarks: series generated from a name and a seed, or read from files,
 * prepared once and shared by every engine.
 */
package dev.vantage.tsdb.benchmarks.workload;
