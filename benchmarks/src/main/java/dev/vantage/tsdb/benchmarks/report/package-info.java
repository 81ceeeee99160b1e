/** Runs all measurements by one command and writes their results as tables and plots. */
package dev.vantage.tsdb.benchmarks.report;
