package dev.vantage.tsdb.simd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether this Java has the Vector API. Thread-safe. Logs once if the Vector API is absent.
 */
public final class VectorApi {
  private static final String MODULE = "jdk.incubator.vector";
  private static final Logger LOG = LoggerFactory.getLogger(VectorApi.class);
  private static final boolean PRESENT = findModule();

  private VectorApi() {}

  private static boolean findModule() {
    Optional<Module> module = ModuleLayer.boot().findModule(MODULE);
    if (module.isEmpty()) {
      LOG.info(
          "Running without the Vector API: distances take about three times as long. "
              + "To have it, start java with --add-modules {}",
          MODULE);
      return false;
    }
    VectorApi.class.getModule().addReads(module.get());
    return true;
  }

  /**
   * {@return whether this process was started with the module of the Vector API; whether its code
   * is fast also depends on the processor and the compiler}
   */
  public static boolean isPresent() {
    return PRESENT;
  }

  /**
   * Creates an object of a class that needs the Vector API.
   *
   * @param caller from the package of the class, which has a constructor without parameters
   * @param name the class, without its package
   * @param face the interface or class by which the object is used
   * @param <T> the same
   * @return the object, or empty if the module is absent or incompatible
   */
  public static <T> Optional<T> make(MethodHandles.Lookup caller, String name, Class<T> face) {
    if (!PRESENT) {
      return Optional.empty();
    }
    try {
      Class<?> type = caller.findClass(caller.lookupClass().getPackageName() + "." + name);
      MethodType noParameters = MethodType.methodType(void.class);
      return Optional.of(face.cast(caller.findConstructor(type, noParameters).invoke()));
    } catch (Error broken) {
      if (broken instanceof LinkageError) {
        LOG.warn("The Vector API of this Java cannot be used: {}", broken.toString());
        return Optional.empty();
      }
      throw broken;
    } catch (Throwable impossible) {
      throw new IllegalStateException(name + " must have such a constructor", impossible);
    }
  }
}
