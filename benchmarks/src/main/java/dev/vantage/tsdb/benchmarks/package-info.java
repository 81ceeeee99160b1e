/**
 * What things cost. One class per question, run by JMH; see the README beside this module for how
 * to run them and for what was measured.
 */
package dev.vantage.tsdb.benchmarks;
