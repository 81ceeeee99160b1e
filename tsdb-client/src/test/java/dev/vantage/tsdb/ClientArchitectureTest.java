package dev.vantage.tsdb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.vantage.tsdb.testkit.NullMarks;
import dev.vantage.tsdb.testkit.SystemClocks;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The allowed dependencies between packages. */
class ClientArchitectureTest {
  private static final String DOOR = "dev.vantage.tsdb";
  private static final String CLI = DOOR + ".cli";
  private static final String CLIENT = DOOR + ".client";
  private static final String CONDITION = DOOR + ".condition";
  private static final String FORMAT = DOOR + ".format";
  private static final String LANGUAGE = DOOR + ".language";
  private static final String CLI_PLOT = CLI + ".plot";
  private static final String CLI_SHELL = CLI + ".shell";
  private static final String METRIC = DOOR + ".metric";
  private static final String PLOT = DOOR + ".plot";
  private static final String PROTOCOL = DOOR + ".protocol";
  private static final String ROWS = DOOR + ".rows";
  private static final String SERIES = DOOR + ".series";
  private static final String NULLNESS = "org.jspecify.annotations";
  private static final String GUARDS = "com.google.errorprone.annotations..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(CLI, CLIENT);

  @Test
  void theClientUsesTheDoorAndTheProtocol() {
    classes()
        .that()
        .resideInAPackage(CLIENT)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            NULLNESS,
            GUARDS,
            CLIENT,
            DOOR,
            CONDITION,
            LANGUAGE,
            PROTOCOL + "..",
            ROWS,
            SERIES,
            "java..",
            "javax.net.ssl",
            "com.fasterxml.jackson.databind")
        .check(CLASSES);
  }

  /** The command line uses neither the server nor unexported packages of the library. */
  @Test
  void theCommandLineUsesTheClientAndWhatTheLibraryExports() {
    classes()
        .that()
        .resideInAPackage(CLI)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            NULLNESS,
            GUARDS,
            CLI,
            CLI_PLOT,
            CLI_SHELL,
            CLIENT,
            DOOR,
            CONDITION,
            FORMAT,
            LANGUAGE,
            METRIC,
            PLOT,
            PROTOCOL + "..",
            ROWS,
            SERIES,
            "java..",
            "com.fasterxml.jackson.databind..",
            "me.tongfei.progressbar",
            "org.apache.commons.csv",
            "picocli")
        .check(CLASSES);
  }

  /** {@code TsdbClient} hands the clock to others; the verbs report how long something took. */
  @Test
  void clocksAreArguments() {
    assertEquals(
        Set.of("DemoCommand", "Execution", "QueryCommand", "StatsCommand", "TsdbClient"),
        SystemClocks.users(CLASSES));
  }

  @Test
  void renderersUseThePlotModelAlone() {
    classes()
        .that()
        .resideInAPackage(CLI_PLOT)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(NULLNESS, CLI_PLOT, PLOT, "java.lang..", "java.util..")
        .check(CLASSES);
  }

  @Test
  void theShellUsesTheLanguageAlone() {
    classes()
        .that()
        .resideInAPackage(CLI_SHELL)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(NULLNESS, GUARDS, CLI_SHELL, LANGUAGE, "java..", "org.jline..")
        .check(CLASSES);
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertEquals(List.of(), NullMarks.missing(CLASSES));
  }
}
