-- room: platform
-- Up to when the time tables of jobs were read. What came due after that, also while nothing ran, is queued once.
ALTER TABLE installation ADD COLUMN time_tables_read_to timestamptz;
