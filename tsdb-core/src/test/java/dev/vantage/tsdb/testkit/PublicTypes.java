package dev.vantage.tsdb.testkit;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public types of the packages that a module exports to every module. */
public final class PublicTypes {
  private static final String SUFFIX = ".class";

  private PublicTypes() {}

  /** {@return the names of the packages that the module of a type exports to every module} */
  public static Set<String> packages(Class<?> member) {
    return module(member).descriptor().exports().stream()
        .filter(exports -> !exports.isQualified())
        .map(Exports::source)
        .collect(Collectors.toSet());
  }

  /**
   * Lists the public types, nested types included.
   *
   * @param member a type of the module
   * @return the types, ordered by name
   */
  public static List<Class<?>> ofModuleWith(Class<?> member) throws IOException {
    Set<String> exported = packages(member);
    try (ModuleReader reader = module(member).open()) {
      return reader
          .list()
          .filter(file -> file.endsWith(SUFFIX) && !file.endsWith("-info.class"))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()).replace('/', '.'))
          .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
          .sorted()
          .<Class<?>>map(PublicTypes::load)
          .filter(PublicTypes::isPublic)
          .toList();
    }
  }

  /** {@return the names of classes with instances that have the string of {@link Object}} */
  public static List<String> withoutString(List<Class<?>> types) {
    return types.stream()
        .filter(type -> !type.isInterface() && !Throwable.class.isAssignableFrom(type))
        .filter(type -> methods(type).anyMatch(method -> !isStatic(method)))
        .filter(type -> stringer(type) == Object.class)
        .map(Class::getName)
        .toList();
  }

  /** {@return the public methods that a type declares in source} */
  static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
  }

  static boolean isStatic(Method method) {
    return Modifier.isStatic(method.getModifiers());
  }

  private static Class<?> stringer(Class<?> type) {
    try {
      return type.getMethod("toString").getDeclaringClass();
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static ModuleReference module(Class<?> member) {
    try {
      Path classes = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
      return ModuleFinder.of(classes).findAll().iterator().next();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicTypes.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
  }
}
