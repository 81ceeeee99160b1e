package dev.vantage.tsdb.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles signals of the operating system. Java offers that only in {@code sun.misc.Signal}, whose
 * use is a warning that no annotation silences. So the class is called by reflection.
 */
final class Signals {
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private Signals() {}

  /**
   * Replaces what a signal does. A signal that the process was started to ignore stays ignored.
   * Logs where Java does not let signals be handled.
   *
   * @param name the name without SIG
   * @param action runs on a thread of its own for each signal
   */
  static void handle(String name, Runnable action) {
    Logger log = LoggerFactory.getLogger(Signals.class);
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                action.run();
                yield null;
              }
              case "equals" -> arguments != null && proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "handler of SIG" + name;
            };
    try {
      Class<?> signal = Class.forName(SIGNAL);
      Class<?> type = Class.forName(HANDLER);
      Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
      Object named = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, type).invoke(null, named, proxy);
    } catch (InvocationTargetException e) {
      log.debug("signal is not handled: signal={}, problem={}", name, String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.debug("signal is not handled: signal={}, problem={}", name, e.getMessage());
    }
  }
}
