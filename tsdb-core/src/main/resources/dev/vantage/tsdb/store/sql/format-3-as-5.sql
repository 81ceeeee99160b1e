-- What a file of a format before 4 holds, as the tables that format 5 has of it: to read such a file
-- as it is. Without checksums, and without a history.
CREATE TEMP VIEW progress AS
SELECT generation, last_key, 0 AS change_id, generation AS removals_from, 0 AS database_id,
  NULL AS series_checksum, NULL AS settings_checksum, NULL AS vantage_point_checksum,
  NULL AS attribute_type_checksum, NULL AS checksum, NULL AS series_generation
FROM main.progress;

CREATE TEMP VIEW recent_change AS
SELECT 0 AS generation, 0 AS change_id, x'' AS outcome WHERE 1 = 0;

CREATE TEMP VIEW attribute_change AS
SELECT 0 AS key, 0 AS generation, 0 AS checksum WHERE 1 = 0;
