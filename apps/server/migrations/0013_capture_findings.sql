-- room: har
-- When the problem happened, as the case says, and the questions that a clean copy cannot answer.
ALTER TABLE captures ADD COLUMN reported_at timestamptz;
ALTER TABLE captures ADD COLUMN undecidable jsonb NOT NULL DEFAULT '[]';
