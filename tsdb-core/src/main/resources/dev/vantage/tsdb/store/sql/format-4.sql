-- From format 3 to format 4: the history of changes, and checksums of what answers depend on. The
-- checksums are computed after this script, in the same transaction.

-- The database id is random, and another one in each copy that goes its own way. From removals_from
-- on, checkpoint_removal has every removal. The checksums are those of the class Seals; the last
-- column is the checksum of the row.
ALTER TABLE progress ADD COLUMN removals_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE progress ADD COLUMN database_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE progress ADD COLUMN series_checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE progress ADD COLUMN settings_checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE progress ADD COLUMN vantage_point_checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE progress ADD COLUMN attribute_type_checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE progress ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
UPDATE progress SET removals_from = generation;

-- Of the other columns and of the attributes of the series.
ALTER TABLE summary ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;

-- Removals are noted whether or not there is a checkpoint, for readers that follow the changes.
CREATE INDEX checkpoint_removal_generation ON checkpoint_removal (generation);

-- The latest changes. The outcome has a bit for each entry that was to be added, lowest bit first:
-- whether no series had its id before.
CREATE TABLE recent_change (
  generation INTEGER PRIMARY KEY,
  change_id INTEGER NOT NULL UNIQUE,
  outcome BLOB NOT NULL
);
