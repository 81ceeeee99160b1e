package dev.vantage.tsdb.testkit;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Calls public constructors and methods with null for one parameter after another, and with samples
 * for the others. A call must throw a {@link NullPointerException} whose message is the name of the
 * parameter. {@code equals} accepts null, and exceptions may have neither message nor cause, so
 * both are left out; so are interfaces without a sample, because the caller implements them.
 */
public final class NullCalls {
  private static final Map<Class<?>, Object> PRIMITIVES =
      Map.of(boolean.class, true, int.class, 1, long.class, 1L, double.class, 1.0);

  private final Map<Class<?>, Object> samples;

  /**
   * Remembers samples.
   *
   * @param samples an instance of each class that is a parameter or has methods, by its class; not
   *     needed for enums, arrays and interfaces
   */
  public NullCalls(Map<Class<?>, Object> samples) {
    this.samples = new HashMap<>(PRIMITIVES);
    this.samples.putAll(samples);
  }

  /** {@return the calls that did not refuse null by name, with what they did instead} */
  public List<String> unrefused(List<Class<?>> types) {
    List<String> found = new ArrayList<>();
    for (Class<?> type : types) {
      if (!Throwable.class.isAssignableFrom(type)) {
        constructors(type).forEach(one -> check(one, one::newInstance, found));
        methods(type).forEach(one -> check(one, all -> one.invoke(receiver(one), all), found));
      }
    }
    return found;
  }

  private interface Call {
    Object on(Object... arguments) throws ReflectiveOperationException;
  }

  private static Stream<Constructor<?>> constructors(Class<?> type) {
    return Modifier.isAbstract(type.getModifiers())
        ? Stream.empty()
        : Arrays.stream(type.getConstructors());
  }

  private Stream<Method> methods(Class<?> type) {
    Predicate<Method> isOurs =
        method -> !method.getName().equals("equals") && !isOfEveryEnum(method);
    boolean hasReceiver = !type.isInterface() || samples.containsKey(type);
    return PublicTypes.methods(type)
        .filter(isOurs)
        .filter(method -> hasReceiver || PublicTypes.isStatic(method));
  }

  private static boolean isOfEveryEnum(Method method) {
    return method.getDeclaringClass().isEnum() && method.getName().equals("valueOf");
  }

  private Object receiver(Method method) {
    return PublicTypes.isStatic(method) ? method : sample(method.getDeclaringClass());
  }

  private void check(Executable executable, Call call, List<String> found) {
    Parameter[] parameters = executable.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (!parameters[i].getType().isPrimitive()) {
        Object[] arguments = Arrays.stream(parameters).map(one -> sample(one.getType())).toArray();
        arguments[i] = null;
        String name = parameters[i].getName();
        outcome(call, arguments, name)
            .ifPresent(outcome -> found.add(executable + ": " + name + ": " + outcome));
      }
    }
  }

  /** What a call did, unless it refused null by name. */
  private static Optional<String> outcome(Call call, Object[] arguments, String name) {
    try {
      return Optional.of("returned " + call.on(arguments));
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      boolean isRefused =
          thrown instanceof NullPointerException && name.equals(thrown.getMessage());
      return isRefused ? Optional.empty() : Optional.of("threw " + thrown);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private Object sample(Class<?> type) {
    if (samples.containsKey(type)) {
      return samples.get(type);
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0];
    } else if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    } else if (type.isInterface()) {
      return Proxy.newProxyInstance(
          type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
    }
    throw new AssertionError("a class must have a sample: class=" + type.getName());
  }
}
