package dev.vantage.tsdb.testkit;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Finds public members without a comment, or whose comment leaves out a parameter or a result. */
public final class MissingJavadoc {
  private MissingJavadoc() {}

  /**
   * Asks the lint of the compiler. The compact constructor of a record needs no comment, because
   * the comment of the record describes its parameters.
   *
   * @param module the name of the directory of the module
   * @param packages the names of the packages to check
   * @return the problems, with their places
   */
  public static List<String> in(String module, Set<String> packages) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, null)) {
      List<String> options =
          List.of("-proc:none", "-Xdoclint:missing/protected", "-Xmaxwarns", "1000");
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  found,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(files(module, packages)));
      task.analyze();
      return found.getDiagnostics().stream()
          .filter(one -> !isOfCompactConstructor(one))
          .map(one -> one.toString())
          .toList();
    }
  }

  private static List<Path> files(String module, Set<String> packages) throws IOException {
    Path sources = Path.of(System.getProperty("tsdb.project"), module, "src", "main", "java");
    List<Path> files = new ArrayList<>();
    for (String name : packages) {
      try (Stream<Path> all = Files.list(sources.resolve(name.replace('.', '/')))) {
        all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    return files;
  }

  private static boolean isOfCompactConstructor(Diagnostic<? extends JavaFileObject> one) {
    try {
      String rest =
          one.getSource().getCharContent(true).toString().substring((int) one.getStartPosition());
      return rest.matches("(?s)public \\w+ \\{.*");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
