/**
 * Checkpoints of the index: when one is written ({@code CheckpointScheduler}) and how an index is
 * filled from one ({@code CheckpointLoader}). They take an index and a store, and know no database.
 * A checkpoint that is missing or damaged costs time and nothing else.
 */
@NullMarked
package dev.vantage.tsdb.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
