/** Threads that outlive what goes wrong on them: {@link dev.vantage.tsdb.pool.LivingThread}. */
package dev.vantage.tsdb.pool;
