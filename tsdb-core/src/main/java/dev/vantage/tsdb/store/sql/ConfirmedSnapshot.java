package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.StoreSnapshot;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A snapshot of a file that is read without locks: whatever it answers is confirmed first. */
final class ConfirmedSnapshot {
  private ConfirmedSnapshot() {}

  /**
   * Has each answer of a snapshot confirmed.
   *
   * @param confirmation throws if what was read until now may be of several states of the file
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
