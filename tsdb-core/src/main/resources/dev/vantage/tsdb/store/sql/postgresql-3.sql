-- From version 2 to version 3 of a schema, as format 5 of a file: changes of attributes alone. The
-- new column of the table progress is set after this script, in the same transaction.

-- The generation of the last change that was not of attributes alone. The checksum of the row
-- covers it.
ALTER TABLE progress ADD COLUMN series_generation bigint;

-- Series whose attributes changed while their points stayed, and the generation of the last such
-- change. Like removals, for readers that follow the changes. The checksum is that of the row.
CREATE TABLE attribute_change (
  key bigint PRIMARY KEY REFERENCES series (key) ON DELETE CASCADE,
  generation bigint NOT NULL,
  checksum bigint NOT NULL
);
CREATE INDEX attribute_change_generation ON attribute_change (generation);

UPDATE tsdb_schema SET version = 3;
