/** Runs all measurements by one command and writes what came of them as tables and plots. */
package dev.vantage.tsdb.benchmarks.report;
