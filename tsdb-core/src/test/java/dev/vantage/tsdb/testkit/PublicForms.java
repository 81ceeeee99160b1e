package dev.vantage.tsdb.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds forms of public types whose calls cannot be read: constructors with many arguments, boolean
 * arguments, and Optional arguments and fields. The components of a record are arguments, too.
 */
public final class PublicForms {
  /** The most arguments of a constructor. */
  private static final int MOST_ARGUMENTS = 5;

  private static final Set<Class<?>> OPTIONALS =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private static final Set<Class<?>> BOOLEANS = Set.of(boolean.class, Boolean.class);

  private final Set<String> found = new TreeSet<>();

  private PublicForms() {}

  /**
   * Finds such forms.
   *
   * @param types public types
   * @return a line for each form, in order
   */
  public static Set<String> unreadable(List<Class<?>> types) {
    PublicForms forms = new PublicForms();
    types.forEach(forms::check);
    return forms.found;
  }

  private void check(Class<?> type) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      checkArguments(constructor, type.getName());
      if (isOpen(constructor) && constructor.getParameterCount() > MOST_ARGUMENTS) {
        found.add("too many arguments: " + shown(constructor, type.getName()));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      checkArguments(method, type.getName() + "." + method.getName());
    }
    for (Field field : type.getDeclaredFields()) {
      if (OPTIONALS.contains(field.getType())) {
        found.add("Optional field: " + type.getName() + "." + field.getName());
      }
    }
  }

  private void checkArguments(Executable called, String name) {
    List<Class<?>> arguments = List.of(called.getParameterTypes());
    if (isOpen(called) && arguments.stream().anyMatch(OPTIONALS::contains)) {
      found.add("Optional argument: " + shown(called, name));
    }
    if (isOpen(called) && arguments.stream().anyMatch(BOOLEANS::contains)) {
      found.add("boolean argument: " + shown(called, name));
    }
  }

  /** Says whether code of other packages can call something. */
  private static boolean isOpen(Executable called) {
    int modifiers = called.getModifiers();
    return (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers))
        && !called.isSynthetic();
  }

  private static String shown(Executable called, String name) {
    return Arrays.stream(called.getParameterTypes())
        .map(Class::getTypeName)
        .collect(Collectors.joining(",", name + "(", ")"));
  }
}
