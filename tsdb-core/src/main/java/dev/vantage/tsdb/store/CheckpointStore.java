package dev.vantage.tsdb.store;

/**
 * Keeps one checkpoint of the index: named columns, each in numbered parts. A checkpoint is derived
 * data. The store keeps it usable: it records later removals, and drops the checkpoint when the
 * vantage points change. Thread-safe.
 */
public interface CheckpointStore {

  /**
   * Reads a part of a checkpoint. Many threads may call this at once.
   *
   * @param checkpoint the checkpoint, as a snapshot gave it
   * @param column the name of the column
   * @param part the number of the part
   * @return its bytes
   * @throws StoreException if the part is damaged or missing, or the storage fails
   */
  byte[] read(Checkpoint checkpoint, String column, int part);

  /**
   * Drops the present checkpoint and begins to write another. Removals are recorded from this call
   * on, so no change may happen between capturing the index and this call. An earlier writer must
   * no longer be used.
   *
   * @param checkpoint the state that the checkpoint captures
   * @return writes its parts
   * @throws StoreException if the storage fails
   */
  Writer write(Checkpoint checkpoint);

  /**
   * Writes a checkpoint concurrently with other changes, a few megabytes per transaction. An
   * unfinished checkpoint is never read. Not thread-safe.
   */
  interface Writer {
    /**
     * Writes a part.
     *
     * @param column the name of the column
     * @param part the number of the part
     * @param content its bytes
     * @return whether the checkpoint is still worth writing: its vantage points have not changed
     * @throws StoreException if it cannot be written
     */
    boolean write(String column, int part, byte[] content);

    /**
     * Finishes the checkpoint, so that it can be read.
     *
     * @return whether the checkpoint is valid: its vantage points have not changed
     * @throws StoreException if it cannot be written
     */
    boolean finish();
  }
}
