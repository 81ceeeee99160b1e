package dev.vantage.tsdb.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the classes that name a clock of the system, by call or by method reference. */
public final class SystemClocks {
  private static final Set<String> CLOCKS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.systemUTC",
          "java.time.Clock.system",
          "java.time.InstantSource.system",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now");

  private SystemClocks() {}

  /** {@return the simple names of the top-level classes that name such a clock} */
  public static Set<String> users(JavaClasses classes) {
    return classes.stream()
        .filter(SystemClocks::usesClock)
        .map(user -> user.getName().replaceFirst("\\$.*", "").replaceFirst(".*\\.", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean usesClock(JavaClass one) {
    return Stream.concat(
            one.getMethodCallsFromSelf().stream(), one.getMethodReferencesFromSelf().stream())
        .map(SystemClocks::target)
        .anyMatch(CLOCKS::contains);
  }

  private static String target(JavaCodeUnitAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getName();
  }
}
