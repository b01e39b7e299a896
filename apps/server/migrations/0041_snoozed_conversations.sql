-- room: conversations
-- An open conversation that an agent has put off: until then it is in no view of what is to be done. The contact and
-- their organisation see nothing of it.
ALTER TABLE conversations
  ADD COLUMN snoozed_until timestamptz,
  ADD COLUMN snoozed_by uuid REFERENCES members,
  ADD COLUMN snoozed_by_name text;
-- For those that are due, and for the view of those that sleep, the first to wake first.
CREATE INDEX conversations_snoozed ON conversations (snoozed_until, id) WHERE snoozed_until IS NOT NULL;
