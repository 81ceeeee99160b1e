package dev.vantage.tsdb;

import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreReads;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Wraps a store and counts reads of rows and snapshots. */
public final class CountingStore {
  public final AtomicLong rows = new AtomicLong();
  public final AtomicLong snapshots = new AtomicLong();
  public final Store store;

  public CountingStore(Store counted) {
    store = proxy(Store.class, (proxy, method, arguments) -> call(counted, method, arguments));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @SuppressWarnings("unchecked")
  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    for (int i = 0; arguments != null && i < arguments.length; i++) {
      if (arguments[i] instanceof Consumer<?> consumer) {
        arguments[i] = countingRows((Consumer<Object>) consumer);
      } else if (arguments[i] instanceof Function<?, ?> reader && method.getName().equals("read")) {
        arguments[i] = countingSnapshots((Function<StoreSnapshot, Object>) reader);
      }
    }
    try {
      Object result = method.invoke(target, arguments);
      Object list = result instanceof Optional<?> found ? found.orElse(null) : result;
      if (list instanceof long[] keys) {
        rows.addAndGet(keys.length);
      }
      if (result instanceof StoreReads reads) {
        return proxy(StoreReads.class, (proxy, called, given) -> call(reads, called, given));
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Consumer<Object> countingRows(Consumer<Object> consumer) {
    return row -> {
      rows.incrementAndGet();
      consumer.accept(row);
    };
  }

  private Function<StoreSnapshot, Object> countingSnapshots(
      Function<StoreSnapshot, Object> reader) {
    return snapshot -> {
      snapshots.incrementAndGet();
      return reader.apply(
          proxy(
              StoreSnapshot.class,
              (proxy, method, arguments) -> call(snapshot, method, arguments)));
    };
  }
}
