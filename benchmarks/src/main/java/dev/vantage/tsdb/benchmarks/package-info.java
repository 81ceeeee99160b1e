/**
 * Benchmarks of time and memory. Each class measures one operation, most of them by JMH; the
 * package {@code report} runs all and writes one page of results. See the README of this module.
 */
package dev.vantage.tsdb.benchmarks;
