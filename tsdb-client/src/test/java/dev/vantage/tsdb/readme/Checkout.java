package dev.vantage.tsdb.readme;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directory in which a reader types commands: a copy of the project without build output.
 *
 * @param root the directory
 */
record Checkout(Path root) {
  private static final Pattern TESTS = Pattern.compile("test-classes|.*-tests\\.jar");

  /** In a worktree of Git, .git is a file. */
  private static final Set<String> LEFT_OUT = Set.of("target", ".git");

  /** Has the launchers of the project and its data; they run the classes under test. */
  static Checkout ofClassesUnderTest(Path root) throws IOException {
    copy(Page.PROJECT.resolve("data"), root.resolve("data"));
    launcher(root, "tsdb-client", "tsdb", "dev.vantage.tsdb.cli.Main", commandClassPath());
    launcher(
        root,
        "tsdb-server",
        "tsdb-server",
        "dev.vantage.tsdb.server.ServerMain",
        serverClassPath());
    return new Checkout(root);
  }

  /** Has the sources of the project, from which the launchers build themselves. */
  static Checkout ofSources(Path root) throws IOException {
    copy(Page.PROJECT, root);
    return new Checkout(root);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(directory.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(file.getFileName().toString())) {
              return FileVisitResult.CONTINUE;
            }
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void launcher(
      Path root, String module, String program, String main, List<Path> classPath)
      throws IOException {
    Path script = Page.PROJECT.resolve(module).resolve("bin").resolve(program);
    Path copy = root.resolve(module).resolve("bin").resolve(program);
    Files.createDirectories(copy.getParent());
    Files.copy(script, copy, StandardCopyOption.COPY_ATTRIBUTES);
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, main);
    attributes.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
    attributes.put(
        Attributes.Name.CLASS_PATH,
        classPath.stream().map(Path::toUri).map(URI::toString).collect(Collectors.joining(" ")));
    Path jar = root.resolve(module).resolve("target").resolve(module + ".jar");
    Files.createDirectories(jar.getParent());
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  /** Returns the class path of the command, which has another logging backend than the server. */
  static List<Path> commandClassPath() {
    return classPath().filter(path -> !isOfServer(path)).toList();
  }

  private static List<Path> serverClassPath() {
    List<Path> server = new ArrayList<>(classPath().filter(Checkout::isOfServer).toList());
    server.addAll(commandClassPath());
    return server;
  }

  private static boolean isOfServer(Path path) {
    return Page.PROJECT.relativize(path).startsWith("tsdb-server");
  }

  private static Stream<Path> classPath() {
    String paths =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(paths.split(File.pathSeparator))
        .map(path -> Path.of(path).toAbsolutePath())
        .filter(path -> !TESTS.matcher(path.getFileName().toString()).matches());
  }

  /** Returns the files before a page is followed. */
  Set<Path> contents() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.collect(Collectors.toSet());
    }
  }

  /** Removes the files that a page has created. */
  void restore(Set<Path> before) throws IOException {
    for (Path path : contents()) {
      if (!before.contains(path)) {
        delete(path);
      }
    }
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
