package dev.vantage.tsdb.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
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

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(SERVER);

  @Test
  void dispatchUsesTheLibraryAndDoesNoInputOrOutput() {
    classes()
        .that()
        .resideInAPackage(DISPATCH)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            DISPATCH,
            CACHE,
            DOOR,
            PROTOCOL + "..",
            SERIES,
            CONDITION,
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
            SOCKET, DISPATCH, DOOR, POOL, PROTOCOL, "java..", "javax.net.ssl..", "org.slf4j..")
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
            ACCESS, SOCKET, DISPATCH, DOOR, PROTOCOL, "java..", "javax.net.ssl..", "org.slf4j..")
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

  @Test
  void onlyTheMonitorKnowsMetersAndNothingDependsOnIt() {
    classes()
        .that()
        .resideInAPackage(MONITOR)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
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
}
