-- room: assistant
CREATE TABLE assistant_turns (
  conversation_id uuid PRIMARY KEY REFERENCES conversations,
  contact_id uuid NOT NULL REFERENCES contacts,
  state text NOT NULL CHECK (state IN ('answering', 'in_flow', 'silent')),
  unsure integer NOT NULL DEFAULT 0,
  answered_seq integer NOT NULL DEFAULT 0,
  run jsonb,
  changed_at timestamptz NOT NULL
);
SELECT clew_guard('assistant_turns', team => 'SELECT');
