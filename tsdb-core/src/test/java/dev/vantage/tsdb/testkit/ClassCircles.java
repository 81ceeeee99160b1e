package dev.vantage.tsdb.testkit;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds circles of classes: the strongly connected components of the graph of uses (Tarjan, SIAM
 * Journal on Computing 1972, doi:10.1137/0201010). Nested classes belong to their outermost one.
 */
public final class ClassCircles {
  private final Map<String, Set<String>> uses = new LinkedHashMap<>();
  private final Map<String, Integer> found = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final List<Set<String>> circles = new ArrayList<>();

  private ClassCircles(JavaClasses classes) {
    for (JavaClass one : classes) {
      Set<String> targets = uses.computeIfAbsent(outermost(one), name -> new TreeSet<>());
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (classes.contain(target.getName())) {
          targets.add(outermost(target));
        }
      }
    }
  }

  /** Returns the circles of two or more classes. */
  public static List<Set<String>> of(JavaClasses classes) {
    ClassCircles search = new ClassCircles(classes);
    search.uses.keySet().stream()
        .filter(name -> !search.found.containsKey(name))
        .forEach(search::visit);
    return search.circles;
  }

  /** Returns the packages of the classes of a circle. */
  public static Set<String> packages(Set<String> circle) {
    return circle.stream()
        .map(name -> name.substring(0, name.lastIndexOf('.')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String outermost(JavaClass one) {
    String name = one.getName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private void visit(String name) {
    int number = found.size();
    found.put(name, number);
    lowest.put(name, number);
    path.push(name);
    for (String target : uses.getOrDefault(name, Set.of())) {
      if (!found.containsKey(target)) {
        visit(target);
        lowest.merge(name, lowest.get(target), Math::min);
      } else if (path.contains(target)) {
        lowest.merge(name, found.get(target), Math::min);
      }
    }
    if (lowest.get(name) == number) {
      Set<String> circle = new TreeSet<>();
      while (!circle.contains(name)) {
        circle.add(path.pop());
      }
      if (circle.size() > 1) {
        circles.add(circle);
      }
    }
  }
}
