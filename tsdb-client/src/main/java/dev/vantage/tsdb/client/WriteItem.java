package dev.vantage.tsdb.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.protocol.op.Insert;
import dev.vantage.tsdb.protocol.op.Request;
import dev.vantage.tsdb.protocol.op.SetAttributes;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.SeriesEntry;

/**
 * One write of a batch. Immutable.
 *
 * @param <T> the type of its outcome
 */
interface WriteItem<T> {
  /** The bytes of a request except its texts and points. */
  long OTHER_BYTES = 4096;

  /** The maximum bytes of a request per char of a text. */
  long CHARACTER_BYTES = 6;

  /** The maximum bytes of a request per point. */
  long POINT_BYTES = 52;

  String id();

  Request request();

  /** Returns a bound for the length of the request in bytes. */
  long mostBytes();

  /** Returns the outcome if the server has executed the request. */
  T executed(JsonNode payload);

  /** Returns the outcome if the write was refused, or if its outcome is unknown. */
  T failed(RuntimeException failure);

  /** Adds a series, or replaces it. */
  record OfSeries(SeriesEntry entry, boolean replace) implements WriteItem<InsertOutcome> {
    @Override
    public String id() {
      return entry.id();
    }

    @Override
    public Request request() {
      return new Insert(entry, replace);
    }

    @Override
    public long mostBytes() {
      long text = (long) entry.id().length() + entry.attributes().toString().length();
      return OTHER_BYTES + POINT_BYTES * entry.series().size() + CHARACTER_BYTES * text;
    }

    @Override
    public InsertOutcome executed(JsonNode payload) {
      return Insert.answer(payload) ? InsertOutcome.inserted(id()) : InsertOutcome.replaced(id());
    }

    @Override
    public InsertOutcome failed(RuntimeException failure) {
      return InsertOutcome.refused(id(), failure);
    }
  }

  /** Changes attributes. */
  record OfAttributes(String id, AttributeChanges changes) implements WriteItem<AttributeOutcome> {
    @Override
    public Request request() {
      return new SetAttributes(id, changes);
    }

    @Override
    public long mostBytes() {
      return OTHER_BYTES + CHARACTER_BYTES * (id.length() + (long) changes.toString().length());
    }

    @Override
    public AttributeOutcome executed(JsonNode payload) {
      return AttributeOutcome.changed(id);
    }

    @Override
    public AttributeOutcome failed(RuntimeException failure) {
      return AttributeOutcome.refused(id, failure);
    }
  }
}
