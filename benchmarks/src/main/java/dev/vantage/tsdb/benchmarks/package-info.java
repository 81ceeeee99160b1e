/**
 * What things cost. One class per question, most of them run by JMH; {@code report} puts all
 * answers on one page. See the README beside this module.
 */
package dev.vantage.tsdb.benchmarks;
