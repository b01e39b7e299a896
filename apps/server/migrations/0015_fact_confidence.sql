-- room: cases
-- How sure a reading of a message is, and whether it takes the place of what was said before. A fact that somebody
-- filled in has no confidence: it was not read.
ALTER TABLE facts
  ADD COLUMN confidence double precision CHECK (confidence BETWEEN 0 AND 1),
  ADD COLUMN corrects boolean NOT NULL DEFAULT false;
