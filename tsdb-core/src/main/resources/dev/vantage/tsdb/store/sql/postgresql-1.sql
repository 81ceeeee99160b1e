-- Version 1 of a schema in PostgreSQL: the tables of format 3 of a file. Statements end with a
-- semicolon at the end of a line, and are executed with the schema as the search path.

-- One row: the version of this schema.
CREATE TABLE tsdb_schema (
  one integer PRIMARY KEY CHECK (one = 1),
  version integer NOT NULL
);

-- What the database was made with: the metric, its parameters, the settings.
CREATE TABLE property (
  name text COLLATE "C" PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);

-- One row. The generation grows with every change; a storage key is never used twice. The change
-- id is a number of the writer's own for its last change, so that it can find it again.
CREATE TABLE progress (
  one integer PRIMARY KEY CHECK (one = 1),
  generation bigint NOT NULL,
  last_key bigint NOT NULL,
  change_id bigint NOT NULL
);
INSERT INTO progress VALUES (1, 0, 0, 0);

-- Points as they were given: little-endian doubles. No times: evenly spaced. Period 0: none.
CREATE TABLE series (
  key bigint PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  times bytea NOT NULL,
  sample_values bytea NOT NULL,
  period double precision NOT NULL,
  checksum bigint NOT NULL
);

CREATE TABLE attribute_type (
  name text COLLATE "C" PRIMARY KEY,
  type text COLLATE "C" NOT NULL
    CHECK (type IN ('double', 'long', 'text', 'boolean', 'timestamp'))
);

-- The type of an attribute says which column holds the value. In long_value booleans are 0 or 1,
-- and timestamps are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE attribute (
  key bigint NOT NULL REFERENCES series (key) ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL REFERENCES attribute_type (name),
  double_value double precision,
  long_value bigint,
  text_value text COLLATE "C",
  PRIMARY KEY (key, name)
);

-- Of the values as they were given; std has divisor n. inserted_at is in microseconds since
-- 1970-01-01T00:00:00Z, and null where it is not known.
CREATE TABLE summary (
  key bigint PRIMARY KEY REFERENCES series (key) ON DELETE CASCADE,
  mean double precision NOT NULL,
  std double precision NOT NULL,
  length bigint NOT NULL,
  inserted_at bigint
);

-- Vantage points in the order in which they were chosen.
CREATE TABLE vantage_point (
  position integer PRIMARY KEY,
  key bigint NOT NULL UNIQUE REFERENCES series (key)
);

-- Distances of a series to the vantage points, by position: little-endian doubles.
CREATE TABLE distance_row (
  key bigint PRIMARY KEY REFERENCES series (key) ON DELETE CASCADE,
  distances bytea NOT NULL,
  checksum bigint NOT NULL
);

-- One row where there is a whole checkpoint of the index: what it was made from. This and the two
-- tables below are derived from the others and may be emptied at any time. The vantage points are
-- storage keys in their order, little-endian longs.
CREATE TABLE checkpoint (
  one integer PRIMARY KEY CHECK (one = 1),
  generation bigint NOT NULL,
  last_key bigint NOT NULL,
  series integer NOT NULL,
  vantage_points bytea NOT NULL
);

-- Columns of the index in parts of some megabytes. Chunks of a checkpoint that is not whole yet
-- have a generation that no row above has. The checksum covers that row too.
CREATE TABLE checkpoint_chunk (
  generation bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  part integer NOT NULL,
  checksum bigint NOT NULL,
  content bytea NOT NULL,
  UNIQUE (generation, name, part)
);

-- Series that were removed since, and the generation that their removal made.
CREATE TABLE checkpoint_removal (
  key bigint PRIMARY KEY,
  generation bigint NOT NULL
);

-- Numbers like these do not get smaller by compression.
ALTER TABLE series ALTER times SET STORAGE EXTERNAL, ALTER sample_values SET STORAGE EXTERNAL;
ALTER TABLE checkpoint_chunk ALTER content SET STORAGE EXTERNAL;

INSERT INTO tsdb_schema VALUES (1, 1);
