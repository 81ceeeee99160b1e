package dev.vantage.tsdb.server.cache;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.protocol.op.AnswerForm;
import dev.vantage.tsdb.protocol.op.Request;
import dev.vantage.tsdb.protocol.op.SimilarSeriesRequest;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Identifies a search: the SHA-256 of its canonical form. Immutable. Two requests have the same key
 * only if every database gives both the same answer. The budget is not part of the key, since an
 * exact answer is valid for every budget.
 */
record RequestKey(long first, long second, long third, long fourth) {

  /** Returns the key of a search; empty for other requests, whose answers are not cached. */
  static Optional<RequestKey> of(Request request) {
    if (!(request instanceof SimilarSeriesRequest search)) {
      return Optional.empty();
    }
    Query query = search.query();
    Canonical canonical = new Canonical(query.id().isPresent() ? 'i' : 's');
    query.id().ifPresent(canonical::add);
    query.series().ifPresent(canonical::add);
    canonical.add(query, search.answerForm());
    return Optional.of(canonical.key());
  }

  /** The canonical form: a sequence of fields, each with its length. */
  private static final class Canonical {
    private final MessageDigest digest = sha256();

    Canonical(char kind) {
      digest.update((byte) kind);
    }

    void add(Query query, AnswerForm form) {
      ByteBuffer fields = ByteBuffer.allocate(2 + 2 * Integer.BYTES + Double.BYTES);
      fields.put((byte) (form.explain() ? 1 : 0)).put((byte) (query.includeSelf() ? 1 : 0));
      fields.putInt(form.version());
      fields.putInt(query.k());
      fields.putDouble(query.radius() + 0.0); // negative zero counts as zero
      digest.update(fields.flip());
      add(query.where().isPresent());
      query.where().ifPresent(where -> add(where.toString()));
      add(query.selected());
      add(query.isAligned());
      add(form.explain() ? form.ignored() : List.of()); // only a report names them
    }

    private void add(List<String> texts) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(texts.size()).flip());
      texts.forEach(this::add);
    }

    void add(TimeSeries series) {
      add(series.hasTimes());
      if (series.hasTimes()) {
        add(series.times());
      }
      add(series.values());
      OptionalDouble period = series.period();
      add(period.isPresent() ? new double[] {period.getAsDouble()} : new double[0]);
    }

    void add(String text) {
      // Not UTF-8, in which names with different unpaired surrogates are equal.
      ByteBuffer chars = ByteBuffer.allocate(Integer.BYTES + text.length() * Character.BYTES);
      chars.putInt(text.length()).asCharBuffer().put(text);
      digest.update(chars.rewind());
    }

    private void add(double[] numbers) {
      ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + numbers.length * Double.BYTES);
      bytes.putInt(numbers.length);
      for (double number : numbers) {
        bytes.putDouble(number);
      }
      digest.update(bytes.flip());
    }

    private void add(boolean flag) {
      digest.update((byte) (flag ? 1 : 0));
    }

    RequestKey key() {
      ByteBuffer sum = ByteBuffer.wrap(digest.digest());
      return new RequestKey(sum.getLong(), sum.getLong(), sum.getLong(), sum.getLong());
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }
}
