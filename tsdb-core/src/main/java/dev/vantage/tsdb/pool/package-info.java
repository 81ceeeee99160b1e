/**
 * Threads: the {@link dev.vantage.tsdb.pool.Coprocessor} on which distances are computed, and
 * threads that outlive what goes wrong on them ({@link dev.vantage.tsdb.pool.LivingThread}).
 */
package dev.vantage.tsdb.pool;
