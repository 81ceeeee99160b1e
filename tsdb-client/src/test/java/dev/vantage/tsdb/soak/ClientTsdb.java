package dev.vantage.tsdb.soak;

import dev.vantage.tsdb.Tsdb;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;

/** Creates databases whose implementation is chosen later. */
final class ClientTsdb {
  private final AtomicReference<Tsdb> target = new AtomicReference<>();
  private final Tsdb tsdb =
      (Tsdb)
          Proxy.newProxyInstance(
              Tsdb.class.getClassLoader(),
              new Class<?>[] {Tsdb.class},
              (proxy, method, arguments) -> {
                try {
                  return method.invoke(target.get(), arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });

  Tsdb tsdb() {
    return tsdb;
  }

  void connect(Tsdb newTarget) {
    target.set(newTarget);
  }
}
