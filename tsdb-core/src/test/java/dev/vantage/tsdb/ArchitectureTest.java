package dev.vantage.tsdb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vantage.tsdb.testkit.ClassCircles;
import dev.vantage.tsdb.testkit.NullMarks;
import dev.vantage.tsdb.testkit.SystemClocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The allowed dependencies between packages, and of each package on libraries. {@code root} is the
 * public interface: {@link Tsdb} and its values.
 */
class ArchitectureTest {
  private static final String ROOT = "dev.vantage.tsdb";
  private static final int LARGEST_CIRCLE = 4;

  private static final String ARROWS =
      """
      series            ->
      fft               ->
      pool              -> org.slf4j
      plot              ->
      files             -> java.security
      tree              ->
      simd              -> org.slf4j
      condition         -> series
      rows              -> series condition
      metric            -> series
      metric.kernel     -> metric series fft simd org.slf4j jdk.incubator.vector
      metric.sample     -> metric series
      metric.elastic    -> metric metric.sample
      metric.euclidean  -> metric metric.sample fft
      metric.phase      -> metric metric.sample metric.kernel fft
      metric.msm        -> metric metric.sample metric.elastic
      metric.twe        -> metric metric.sample metric.elastic
      metric.erp        -> metric metric.sample metric.elastic
      metric.dtw        -> metric metric.sample metric.elastic
      index.table       -> metric pool
      index.column      -> condition series
      index             -> metric tree pool condition series index.table index.column
      index.image       -> index index.table metric tree pool
      search            -> root index index.table index.column metric condition pool series
      format            -> format.table files series condition
      format.table      -> files org.apache.commons.csv
      archive           -> files series com.fasterxml.jackson java.security
      store             -> rows series condition
      store.sql         -> store rows series condition java.security java.sql javax.sql
      store.sqlite      -> store store.sql files series condition java.security java.sql org.sqlite org.slf4j
      store.postgres    -> store store.sql series condition java.sql javax.sql org.postgresql \
      com.zaxxer.hikari
      engine.prepare    -> metric pool series store
      engine.checkpoint -> engine.prepare index index.image pool series store org.slf4j
      engine            -> root engine.prepare engine.checkpoint search index metric pool series \
      condition store store.sqlite store.postgres archive org.slf4j
      engine.verify     -> root engine engine.prepare engine.checkpoint index index.image metric pool series store
      engine.transfer   -> root engine archive files metric pool series store
      engine.embedded   -> root engine engine.prepare engine.checkpoint engine.verify engine.transfer search index \
      metric pool rows series condition store org.slf4j
      root              -> java.security rows series condition metric engine engine.embedded engine.verify engine.transfer
      language          -> root metric rows series condition plot
      protocol          -> root rows series condition language com.fasterxml.jackson java.security
      protocol.op       -> protocol root metric rows series condition language plot com.fasterxml.jackson
      """;

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static final Map<String, List<String>> ALLOWED =
      ARROWS
          .lines()
          .map(line -> line.split("->"))
          .collect(
              Collectors.toMap(
                  sides -> sides[0].strip(),
                  sides -> sides.length < 2 ? List.of() : List.of(sides[1].strip().split(" ")),
                  (one, other) -> one,
                  TreeMap::new));

  private static Set<String> packages() {
    return ALLOWED.keySet();
  }

  private static String name(String part) {
    return part.equals("root") ? ROOT : ROOT + "." + part;
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatItMay(String one) {
    List<String> allowed = new ArrayList<>(List.of(name(one), "java.lang..", "java.util.."));
    allowed.addAll(List.of("java.io..", "java.nio..", "java.time..", "java.math.."));
    allowed.addAll(List.of("org.jspecify.annotations", "com.google.errorprone.annotations.."));
    for (String other : ALLOWED.get(one)) {
      allowed.add(isOurs(other) ? name(other) : other + "..");
    }
    classes()
        .that()
        .resideInAPackage(name(one))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .allowEmptyShould(false)
        .check(CORE);
  }

  private static boolean isOurs(String other) {
    return ALLOWED.containsKey(other);
  }

  @Test
  void everyPackageHasItsArrows() {
    Set<String> all =
        CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    Set<String> named =
        packages().stream()
            .map(ArchitectureTest::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(named, all);
  }

  /** The implementation of the public interface is found by it: the one circle of packages. */
  @Test
  void classesUseEachOtherInNoCircleAcrossPackages() {
    List<Set<String>> found =
        ClassCircles.of(CORE).stream()
            .filter(circle -> ClassCircles.packages(circle).size() > 1)
            .filter(circle -> circle.stream().noneMatch(Tsdb.class.getName()::equals))
            .toList();
    assertEquals(List.of(), found);
  }

  @Test
  void circlesInsideAPackageAreSmall() {
    List<Set<String>> found =
        ClassCircles.of(CORE).stream().filter(circle -> circle.size() > LARGEST_CIRCLE).toList();
    assertEquals(List.of(), found);
  }

  @Test
  void oneSimpleNameIsOneClass() {
    Map<String, List<String>> names =
        CORE.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(one -> !one.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    names.values().removeIf(classes -> classes.size() == 1);
    assertEquals(Map.of(), names);
  }

  @Test
  void thePublicInterfaceShowsNothingOfSearchAndStore() {
    classes()
        .that()
        .resideInAPackage(ROOT)
        .and()
        .arePublic()
        .and()
        .doNotHaveFullyQualifiedName(EmbeddedTsdb.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(Tsdb.class.getName())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".series", ROOT + ".condition", ROOT + ".metric", "java..")
        .check(CORE);
  }

  /**
   * These classes put others together, or let code race, and hand on the clock. All others take a
   * {@code LongSupplier nanoTime} for elapsed time, or a {@code Clock}.
   */
  @Test
  void clocksAreArguments() {
    assertEquals(
        Set.of(
            "Database",
            "Deadline",
            "EmbeddedDatabase",
            "KernelTrial",
            "LanguageOptions",
            "LowPassTrial",
            "PostgresStore",
            "SqliteStore"),
        SystemClocks.users(CORE));
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().beFinal().check(CORE);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertEquals(List.of(), NullMarks.missing(CORE));
  }
}
