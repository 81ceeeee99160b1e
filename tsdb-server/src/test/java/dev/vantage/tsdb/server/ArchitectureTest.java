package dev.vantage.tsdb.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.vantage.tsdb.testkit.MissingJavadoc;
import dev.vantage.tsdb.testkit.NullMarks;
import dev.vantage.tsdb.testkit.SystemClocks;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The allowed dependencies between packages. */
class ArchitectureTest {
  private static final String SERVER = "dev.vantage.tsdb.server";
  private static final String DISPATCH = "dev.vantage.tsdb.server.dispatch";
  private static final String CACHE = "dev.vantage.tsdb.server.cache";
  private static final String SOCKET = "dev.vantage.tsdb.server.socket";
  private static final String ACCESS = "dev.vantage.tsdb.server.access";
  private static final String MONITOR = "dev.vantage.tsdb.server.monitor";
  private static final String DOOR = "dev.vantage.tsdb";
  private static final String POOL = "dev.vantage.tsdb.pool";
  private static final String PROTOCOL = "dev.vantage.tsdb.protocol";
  private static final String SERIES = "dev.vantage.tsdb.series";
  private static final String CONDITION = "dev.vantage.tsdb.condition";
  private static final String NULLNESS = "org.jspecify.annotations";
  private static final String GUARDS = "com.google.errorprone.annotations..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(SERVER);

  /** The lint of the build leaves missing comments out, because compact constructors need none. */
  @Tag("long")
  @Test
  void everyPublicMemberIsDescribed() throws IOException {
    Set<String> packages =
        CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    List<String> missing = MissingJavadoc.in("tsdb-server", packages);
    assertEquals("", String.join("\n", missing));
  }

  @Test
  void dispatchUsesTheLibraryAndDoesNoInputOrOutput() {
    classes()
        .that()
        .resideInAPackage(DISPATCH)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            NULLNESS,
            GUARDS,
            DISPATCH,
            CACHE,
            DOOR,
            PROTOCOL + "..",
            SERIES,
            CONDITION,
            "dev.vantage.tsdb.language",
            "dev.vantage.tsdb.rows",
            "java.lang..",
            "java.time..",
            "java.util..",
            "com.fasterxml.jackson..",
            "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void theCacheKnowsRequestsAndBytes() {
    classes()
        .that()
        .resideInAPackage(CACHE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            NULLNESS,
            GUARDS,
            CACHE,
            DOOR,
            PROTOCOL + "..",
            SERIES,
            "dev.vantage.tsdb.condition",
            "java.lang..",
            "java.nio..",
            "java.security..",
            "java.time..",
            "java.util..",
            "com.github.benmanes.caffeine..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(CACHE)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.vantage.tsdb.Tsdb")
        .check(CLASSES);
  }

  @Test
  void socketsKnowFramesAndDispatchOnly() {
    classes()
        .that()
        .resideInAPackage(SOCKET)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            NULLNESS,
            GUARDS,
            SOCKET,
            DISPATCH,
            DOOR,
            POOL,
            PROTOCOL,
            "java..",
            "javax.net.ssl..",
            "org.slf4j..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(SOCKET)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.vantage.tsdb.Tsdb")
        .check(CLASSES);
  }

  @Test
  void whoGetsInIsDecidedByFilesAlone() {
    classes()
        .that()
        .resideInAPackage(ACCESS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            NULLNESS,
            GUARDS,
            ACCESS,
            SOCKET,
            DISPATCH,
            DOOR,
            PROTOCOL,
            "java..",
            "javax.net.ssl..",
            "org.slf4j..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(DISPATCH, SOCKET)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ACCESS)
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage(CACHE, DISPATCH, SOCKET)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SERVER, "picocli..")
        .check(CLASSES);
  }

  /** These classes put others together and hand them the clock. */
  @Test
  void clocksAreArguments() {
    assertEquals(
        Set.of("SecurityOptions", "ServerMain", "TsdbServer"), SystemClocks.users(CLASSES));
  }

  @Test
  void onlyTheMonitorKnowsMetersAndNothingDependsOnIt() {
    classes()
        .that()
        .resideInAPackage(MONITOR)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            NULLNESS,
            GUARDS,
            MONITOR,
            DISPATCH,
            DOOR,
            PROTOCOL + "..",
            CONDITION,
            "java..",
            "com.sun.net.httpserver",
            "io.micrometer..",
            "org.slf4j..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(MONITOR)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "com.sun.net.httpserver")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(DISPATCH, SOCKET)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(MONITOR)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertEquals(List.of(), NullMarks.missing(CLASSES));
  }
}
