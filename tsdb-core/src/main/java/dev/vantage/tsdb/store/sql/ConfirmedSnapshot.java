package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.StoreSnapshot;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A snapshot of a file that is read without locks. Each answer is confirmed before it is returned.
 */
final class ConfirmedSnapshot {
  private ConfirmedSnapshot() {}

  /**
   * Wraps a snapshot so that each answer is confirmed.
   *
   * @param confirmation throws if the data read so far may mix several states of the file
   */
  static StoreSnapshot of(StoreSnapshot snapshot, Runnable confirmation) {
    InvocationHandler confirming =
        (proxy, method, arguments) -> {
          try {
            Object answer = method.invoke(snapshot, arguments);
            confirmation.run();
            return answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (StoreSnapshot)
        Proxy.newProxyInstance(
            StoreSnapshot.class.getClassLoader(), new Class<?>[] {StoreSnapshot.class}, confirming);
  }
}
