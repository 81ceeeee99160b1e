package dev.vantage.tsdb.store;

/**
 * Keeps one checkpoint of the index: named columns, each in numbered parts. It is derived data,
 * which the store keeps as true as it was: it notes what is removed since, and drops the checkpoint
 * when the vantage points change. Thread-safe.
 */
public interface CheckpointStore {

  /**
   * Reads a part of a checkpoint. Meant to be called from many threads at once.
   *
   * @param checkpoint the checkpoint, as a snapshot gave it
   * @param column the name of the column
   * @param part the number of the part
   * @return its bytes
   * @throws StoreException if it is damaged or not there, or the storage fails
   */
  byte[] read(Checkpoint checkpoint, String column, int part);

  /**
   * Drops the checkpoint that is there and begins to write another. From now on removals are noted,
   * so no change may come between the making of what is described and this call. A writer that was
   * begun before must not be used any more.
   *
   * @param checkpoint what it is made from
   * @return writes its parts
   * @throws StoreException if the storage fails
   */
  Writer write(Checkpoint checkpoint);

  /**
   * Writes a checkpoint beside other changes, some megabytes in a transaction. One that is not
   * finished is no checkpoint. For one thread.
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
     * Makes all that was written the checkpoint.
     *
     * @return whether it is one now: its vantage points have not changed
     * @throws StoreException if it cannot be written
     */
    boolean finish();
  }
}
