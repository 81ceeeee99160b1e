package dev.vantage.tsdb.server.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.protocol.Room;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.server.Databases;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rights of a session, from its first request to its last. */
class SessionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READER = "{\"op\":\"hello\",\"token\":\"reader\"}";
  private static final String WRITER = "{\"op\":\"hello\",\"token\":\"writer\"}";
  private static final String WRONG = "{\"op\":\"hello\",\"token\":\"write\"}";
  private static final String PING = "{\"op\":\"ping\"}";
  private static final String INSERT = "{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}";

  /** The tokens that are right now; tests take some out. */
  private final Map<String, Role> tokens =
      new HashMap<>(Map.of("reader", Role.READ, "writer", Role.WRITE));

  private final Dispatcher dispatcher = dispatcher();
  private final Session session = new Session("peer", this::admit);

  private record OneOf(Map<String, Role> tokens, String name) implements Grant {
    @Override
    public Role role() {
      return tokens.getOrDefault(name, Role.NONE);
    }

    @Override
    public boolean holds() {
      return tokens.containsKey(name);
    }
  }

  private Optional<Grant> admit(Optional<AccessToken> token) {
    return tokens.keySet().stream()
        .filter(name -> token.equals(Optional.of(AccessToken.of(name))))
        .<Grant>map(name -> new OneOf(tokens, name))
        .findFirst();
  }

  @Test
  void nothingIsAnsweredBeforeAHello() throws IOException {
    assertEquals(Role.NONE, session.role());
    for (Op op : Op.values()) {
      assertEquals(7, status("{\"op\":\"" + op.label() + "\"}"), op::label);
      if (op == Op.HELLO) {
        assertEquals(7, status("{\"op\":\"hello\",\"token\":\"\"}"));
      }
    }
    assertEquals(7, status("{\"op\":\"what is not there\"}"));
    assertEquals(7, status("{}"));
    assertEquals(2, status("no request"));
    assertFalse(session.isOver());
    assertEquals("{\"access\":\"write\"}", ask(WRITER).get("payload").toString());
    assertEquals(0, status(PING));
  }

  @Test
  void aReaderReads() throws IOException {
    assertEquals("{\"access\":\"read\"}", ask(READER).get("payload").toString());
    for (Op op : Op.values()) {
      if (op.writes()) {
        JsonNode answer = ask("{\"op\":\"" + op.label() + "\"}");
        assertEquals(2, answer.get("status").intValue(), answer::toString);
        assertTrue(answer.get("message").textValue().contains("access=read"), answer::toString);
      }
    }
    assertEquals(0, status(PING));
    assertEquals(0, status("{\"op\":\"ids\"}"));
    assertFalse(session.isOver());
  }

  @Test
  void aSecondHelloChangesNothing() throws IOException {
    assertEquals(0, status(READER));
    assertEquals(2, status(WRITER));
    assertEquals(2, status(READER));
    assertEquals(2, status(WRONG));
    assertEquals(Role.READ, session.role());
    assertEquals(2, status(INSERT));
    assertEquals(0, status(PING));
    assertFalse(session.isOver());
  }

  @Test
  void threeWrongTokensAreTooMany() throws IOException {
    assertEquals(7, status(WRONG));
    assertEquals(4, status("{\"op\":\"hello\",\"token\":7}"));
    assertEquals(7, status("{\"op\":\"hello\"}"));
    assertFalse(session.isOver());
    JsonNode last = ask(WRONG);
    assertEquals(7, last.get("status").intValue());
    assertTrue(session.isOver());
  }

  @Test
  void aTokenThatEndsTakesItsConnectionsWithIt() throws IOException {
    assertEquals(0, status(WRITER));
    assertEquals(0, status(INSERT));
    tokens.remove("writer");
    assertEquals(Role.NONE, session.role());
    assertEquals(7, status("{\"op\":\"delete\",\"id\":\"a\"}"));
    assertTrue(session.isOver());
    Session second = new Session("peer", this::admit);
    assertEquals(0, status(second, READER));
    tokens.clear();
    assertEquals(7, status(second, READER));
    assertTrue(second.isOver());
  }

  @Test
  void withoutTokensEverybodyMayEverythingAndHelloHarmsNobody() throws IOException {
    Session any = new Session("peer", Authenticator.OPEN);
    assertEquals(0, status(any, INSERT));
    JsonNode hello = ask(any, WRONG);
    assertEquals("{\"access\":\"write\"}", hello.get("payload").toString());
    assertEquals(0, status(any, "{\"op\":\"get\",\"id\":\"a\"}"));
    assertEquals(0, status(new Session("peer", Authenticator.OPEN), "{\"op\":\"hello\"}"));
  }

  private static Dispatcher dispatcher() {
    RequestLimits limits = RequestLimits.DEFAULT;
    Tsdb tsdb = Databases.empty();
    return new Dispatcher(
        tsdb,
        DispatcherTest.cache(tsdb),
        limits,
        Lanes.ofCallers(limits),
        new Gauges(),
        () -> "r1",
        RequestObserver.NONE,
        System::nanoTime);
  }

  private JsonNode ask(String request) throws IOException {
    return ask(session, request);
  }

  private int status(String request) throws IOException {
    return status(session, request);
  }

  private int status(Session session, String request) throws IOException {
    return ask(session, request).get("status").intValue();
  }

  private JsonNode ask(Session session, String request) throws IOException {
    return JSON.readTree(DispatcherTest.answer(dispatcher, session, request, Room.ENDLESS));
  }
}
