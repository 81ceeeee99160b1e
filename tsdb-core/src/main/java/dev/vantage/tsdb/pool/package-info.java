/**
 * Threads: the {@link dev.vantage.tsdb.pool.Coprocessor} on which distances are computed, threads
 * that survive failures of their work ({@link dev.vantage.tsdb.pool.LivingThread}), and waits that
 * end only with their event ({@link dev.vantage.tsdb.pool.UninterruptibleWait}).
 */
@NullMarked
package dev.vantage.tsdb.pool;

import org.jspecify.annotations.NullMarked;
