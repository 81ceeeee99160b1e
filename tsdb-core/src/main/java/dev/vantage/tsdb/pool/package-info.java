/**
 * Threads: the {@link dev.vantage.tsdb.pool.Coprocessor} on which distances are computed, and
 * threads that survive failures of their work ({@link dev.vantage.tsdb.pool.LivingThread}).
 */
package dev.vantage.tsdb.pool;
