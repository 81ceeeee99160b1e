package dev.vantage.tsdb.soak;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.Seeds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The checking clients detect wrong answers. */
class CheckedClientTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(32).withVantagePoints(3);
  private static final int CLIENTS = 3;
  private static final int STEPS = 1500;

  /** So often that a series is chosen which is a vantage point already. */
  private static final int STEPS_BETWEEN = 50;

  private final Random random = Seeds.random("CheckedClientTest");

  /** Changes the answers between a database and a client. */
  private interface Between {
    Object call(Tsdb tsdb, Method method, Object[] arguments) throws Exception;
  }

  @Test
  void rightAnswersAreRight() {
    run((tsdb, method, arguments) -> method.invoke(tsdb, arguments));
  }

  @Test
  void aNeighborThatIsMissingIsFound() {
    assertWrong(searches(found -> found.isEmpty() ? found : found.subList(1, found.size())));
  }

  @Test
  void aDistanceThatIsWrongIsFound() {
    assertWrong(
        searches(
            found -> {
              List<Neighbor> other = new ArrayList<>(found);
              other.replaceAll(n -> new Neighbor(n.id(), n.distance() * 1.0001, n.lag()));
              return other;
            }));
  }

  @Test
  void aSeriesThatIsNotTheNearestIsFound() {
    assertWrong(
        searches(
            found -> {
              List<Neighbor> other = new ArrayList<>(found);
              other.replaceAll(n -> new Neighbor("c0-0", n.distance(), n.lag()));
              return other;
            }));
  }

  @Test
  void aWriteThatIsLostIsFound() {
    for (String lost : List.of("insert", "put", "delete")) {
      assertWrong(
          (tsdb, method, arguments) ->
              method.getName().equals(lost) && random.nextInt(10) == 0
                  ? method.getReturnType() == boolean.class ? false : null
                  : method.invoke(tsdb, arguments));
    }
  }

  private Between searches(UnaryOperator<List<Neighbor>> change) {
    return (tsdb, method, arguments) -> {
      Object answer = method.invoke(tsdb, arguments);
      return answer instanceof SearchResult result && random.nextInt(20) == 0
          ? new SearchResult(change.apply(result.neighbors()), result.report())
          : answer;
    };
  }

  private void assertWrong(Between between) {
    assertThrows(AssertionError.class, () -> run(between));
  }

  private void run(Between between) {
    Versions versions = new Versions();
    try (Tsdb tsdb = Tsdb.inMemory(SETTINGS, 1)) {
      Tsdb seen =
          (Tsdb)
              Proxy.newProxyInstance(
                  Tsdb.class.getClassLoader(),
                  new Class<?>[] {Tsdb.class},
                  (proxy, method, arguments) -> {
                    try {
                      return between.call(tsdb, method, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
      List<CheckedClient> clients = new ArrayList<>();
      List<SeriesEntry> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        CheckedClient client =
            new CheckedClient(i, seen, versions, SETTINGS, 20, random.nextLong());
        clients.add(client);
        all.addAll(client.begin());
      }
      tsdb.insertAll(all);
      for (int step = 0; step < STEPS; step++) {
        CheckedClient client = clients.get(random.nextInt(CLIENTS));
        client.step();
        if (step % STEPS_BETWEEN == 0) {
          client.addVantagePoint();
        }
      }
      clients.forEach(client -> client.checkAll(tsdb));
    }
  }
}
