-- From format 1 to format 2: a checkpoint of the index. Everything here is derived from the other
-- tables and may be deleted at any time.

-- One row where there is a whole checkpoint: what it was made from. The vantage points are storage
-- keys in their order, little-endian longs.
CREATE TABLE checkpoint (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL,
  last_key INTEGER NOT NULL,
  series INTEGER NOT NULL,
  vantage_points BLOB NOT NULL
);

-- Columns of the index in parts of some megabytes. Chunks of a checkpoint that is not whole yet
-- have a generation that no row above has. The checksum covers that row too.
CREATE TABLE checkpoint_chunk (
  generation INTEGER NOT NULL,
  name TEXT NOT NULL,
  part INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (generation, name, part)
);

-- Series that were removed since, and the generation that their removal made.
CREATE TABLE checkpoint_removal (
  key INTEGER PRIMARY KEY,
  generation INTEGER NOT NULL
);
