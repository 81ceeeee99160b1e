package dev.vantage.tsdb.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;

/** Finds packages whose types may be null without saying so: NullAway does not check them. */
public final class NullMarks {
  private NullMarks() {}

  /** {@return the names of the packages without the annotation NullMarked} */
  public static List<String> missing(JavaClasses classes) {
    return classes.stream()
        .map(JavaClass::getPackage)
        .filter(one -> !one.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
        .map(one -> one.getName())
        .distinct()
        .toList();
  }
}
