-- room: har
-- The browser and the system that a capture was made in, so that nobody asks for them again.
ALTER TABLE captures ADD COLUMN recorded_with jsonb NOT NULL DEFAULT '{}';
