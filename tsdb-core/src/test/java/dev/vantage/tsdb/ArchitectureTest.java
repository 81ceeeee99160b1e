package dev.vantage.tsdb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may use which, and what the outside world is to each. */
class ArchitectureTest {
  private static final String ROOT = "dev.vantage.tsdb";
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @ParameterizedTest(name = "{0} uses {1}")
  @CsvSource({
    "series,   ''",
    "fft,      ''",
    "pool,     ''",
    "files,    java.security",
    "tree,     ''",
    "simd,     org.slf4j",
    "metric,   series fft simd jdk.incubator.vector",
    "search,   series filter metric tree simd",
    "filter,   series",
    "format,   files series org.apache.commons.csv",
    "archive,  files series com.fasterxml.jackson java.security",
    "store,    files series filter java.security java.sql javax.sql org.sqlite org.postgresql com.zaxxer.hikari org.slf4j",
    "protocol, series condition door com.fasterxml.jackson java.security",
    "protocol.op, protocol series condition door com.fasterxml.jackson"
  })
  void usesOnly(String name, String others) {
    List<String> allowed =
        new ArrayList<>(List.of(ROOT + "." + name, "java.lang..", "java.util.."));
    allowed.addAll(List.of("java.io..", "java.nio..", "java.time..", "java.math.."));
    for (String other : others.split(" ")) {
      switch (other) {
        case "" -> {}
        case "door" -> allowed.add(ROOT);
        default -> allowed.add(other.contains(".") ? other + ".." : ROOT + "." + other);
      }
    }
    classes()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .allowEmptyShould(false)
        .check(CORE);
  }

  @Test
  void theDoorShowsNothingOfSearchAndStore() {
    classes()
        .that()
        .resideInAPackage(ROOT)
        .and()
        .arePublic()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".series", ROOT + ".filter", "java..")
        .check(CORE);
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().beFinal().check(CORE);
  }
}
