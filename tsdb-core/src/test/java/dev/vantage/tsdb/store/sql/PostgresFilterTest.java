package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class PostgresFilterTest {
  @Test
  void agreesWithTheDefinition() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    try (Connection connection =
        DriverManager.getConnection(server.jdbcUrl(server.createDatabase()))) {
      FilterAgreement.check(
          connection, SqlDialect.POSTGRESQL, 10_000, Seeds.random("agreesWithTheDefinition"));
      LikeAgreement.check(
          connection, SqlDialect.POSTGRESQL, Seeds.random("patternsMatchByDefinition"));
    }
  }
}
