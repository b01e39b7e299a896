-- room: conversations
-- What the team sorts conversations by, set by flows and by agents. Neither the contact nor their organisation sees it.
CREATE TABLE conversation_tags (
  conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
  tag text NOT NULL CHECK (char_length(tag) BETWEEN 1 AND 40),
  added_at timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, tag)
);
CREATE INDEX conversation_tags_by_tag ON conversation_tags (tag, conversation_id);
SELECT clew_guard('conversation_tags', team => 'SELECT, INSERT, DELETE');

-- room: assistant
-- A flow that an agent walks in a conversation. It is none of the contact's: what their own walk came to is in `dialogues`.
CREATE TABLE agent_walks (
  conversation_id uuid PRIMARY KEY REFERENCES conversations,
  contact_id uuid NOT NULL REFERENCES contacts,
  walk jsonb NOT NULL,
  changed_at timestamptz NOT NULL
);
SELECT clew_guard('agent_walks', team => 'SELECT, INSERT, UPDATE');
