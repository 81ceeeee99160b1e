package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.Optional;
import java.util.OptionalInt;

/** What a client asks, valid in every field that can be checked without the database. Immutable. */
public sealed interface Request {

  /** {@return the operation asked for} */
  Op op();

  /** {@return what series must meet to be in the answer, or empty where nothing was asked for} */
  default Optional<Condition> where() {
    return Optional.empty();
  }

  /** Asks for a sign of life. */
  record Ping() implements Request {
    @Override
    public Op op() {
      return Op.PING;
    }
  }

  /**
   * Asks to be let in.
   *
   * @param token what is shown for it, or empty
   */
  record Hello(Optional<AccessToken> token) implements Request {
    @Override
    public Op op() {
      return Op.HELLO;
    }
  }

  /**
   * Asks for the series like a stored one.
   *
   * @param id the id of the stored series
   * @param query how many, how near
   * @param explain whether the answer is asked to say what it cost
   */
  record WithId(String id, Query query, boolean explain) implements Request {
    public WithId {
      SeriesIds.check(id);
    }

    /** {@return whether the answer says what it cost; with a budget, it must say if it is exact} */
    public boolean explained() {
      return explain || query.budget().isLimited();
    }

    @Override
    public Optional<Condition> where() {
      return query.where();
    }

    @Override
    public Op op() {
      return Op.WITH_ID;
    }
  }

  /**
   * Asks for the series like an uploaded one.
   *
   * @param series the uploaded series
   * @param query how many, how near
   * @param explain whether the answer is asked to say what it cost
   */
  record WithTs(TimeSeries series, Query query, boolean explain) implements Request {
    /** {@return whether the answer says what it cost; with a budget, it must say if it is exact} */
    public boolean explained() {
      return explain || query.budget().isLimited();
    }

    @Override
    public Optional<Condition> where() {
      return query.where();
    }

    @Override
    public Op op() {
      return Op.WITH_TS;
    }
  }

  /**
   * Asks for a series as it was inserted.
   *
   * @param id its id
   */
  record Get(String id) implements Request {
    public Get {
      SeriesIds.check(id);
    }

    @Override
    public Op op() {
      return Op.GET;
    }
  }

  /**
   * Asks to add a series.
   *
   * @param entry the series
   * @param replace whether it takes the place of one with its id
   */
  record Insert(SeriesEntry entry, boolean replace) implements Request {
    @Override
    public Op op() {
      return Op.INSERT;
    }
  }

  /**
   * Asks to remove a series.
   *
   * @param id its id
   */
  record Delete(String id) implements Request {
    public Delete {
      SeriesIds.check(id);
    }

    @Override
    public Op op() {
      return Op.DELETE;
    }
  }

  /**
   * Asks for ids in order.
   *
   * @param where what the series must meet, or empty for the ids of all
   * @param after the text after which to start, or empty for the first ids
   * @param limit the most ids, at least 1
   */
  record Ids(Optional<Condition> where, Optional<String> after, int limit) implements Request {
    /** The limit of a request that does not say. */
    public static final int DEFAULT_LIMIT = 1000;

    public Ids {
      if (limit < 1) {
        throw new InvalidRequestException("limit must be >= 1: limit=" + limit);
      }
    }

    @Override
    public Op op() {
      return Op.IDS;
    }
  }

  /** Asks for the state of the database. */
  record Statistics() implements Request {
    @Override
    public Op op() {
      return Op.STATS;
    }
  }

  /**
   * Asks to make a stored series a vantage point.
   *
   * @param id its id
   */
  record AddVantagePoint(String id) implements Request {
    public AddVantagePoint {
      SeriesIds.check(id);
    }

    @Override
    public Op op() {
      return Op.ADD_VANTAGE_POINT;
    }
  }

  /** Asks for the attributes of series, and their types. */
  record ListAttributes() implements Request {
    @Override
    public Op op() {
      return Op.ATTRIBUTES;
    }
  }

  /** Asks what the cache of answers holds, and how often it helped. */
  record CacheStatistics() implements Request {
    @Override
    public Op op() {
      return Op.CACHE_STATS;
    }
  }

  /**
   * Asks to change how the cache of answers works; what is empty stays as it is.
   *
   * @param capacityMb the most MB that it may take, in the range of {@link CacheSettings}
   * @param policy which answers go first when it is full
   */
  record ConfigureCache(OptionalInt capacityMb, Optional<CachePolicy> policy) implements Request {
    public ConfigureCache {
      capacityMb.ifPresent(CacheSettings::checkCapacity);
    }

    @Override
    public Op op() {
      return Op.CACHE_CONFIG;
    }
  }

  /** Asks to drop what the cache of answers holds. */
  record ClearCache() implements Request {
    @Override
    public Op op() {
      return Op.CACHE_CLEAR;
    }
  }

  /**
   * Asks to declare an attribute.
   *
   * @param name its name
   * @param type its type
   */
  record AddAttribute(String name, AttributeValue.Type type) implements Request {
    @Override
    public Op op() {
      return Op.ADD_ATTRIBUTE;
    }
  }
}
