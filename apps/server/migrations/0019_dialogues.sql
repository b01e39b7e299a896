-- room: assistant
-- What the assistant remembers of a conversation is one value with a type of its own; what was kept of it before says no
-- more than that the conversation began.
ALTER TABLE assistant_turns
  ADD COLUMN dialogue jsonb NOT NULL DEFAULT '{}',
  DROP COLUMN state,
  DROP COLUMN unsure,
  DROP COLUMN run;
ALTER TABLE assistant_turns RENAME TO dialogues;
