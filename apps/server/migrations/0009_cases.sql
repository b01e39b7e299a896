-- room: cases
CREATE TABLE cases (
  conversation_id uuid PRIMARY KEY REFERENCES conversations,
  contact_id uuid NOT NULL REFERENCES contacts,
  kind text NOT NULL,
  created_at timestamptz NOT NULL
);
SELECT clew_guard('cases', team => 'SELECT, INSERT, UPDATE', contact => 'SELECT, INSERT, UPDATE');

-- Facts are only ever added; what holds now is worked out from all of them (`currentValues` in @clew/intake).
CREATE TABLE facts (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES conversations,
  contact_id uuid NOT NULL REFERENCES contacts,
  field text NOT NULL,
  value jsonb NOT NULL,
  source text NOT NULL,
  quote text,
  at timestamptz NOT NULL,
  -- Two facts of the same moment still come one after the other.
  place bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX facts_conversation ON facts (conversation_id, place);
SELECT clew_guard('facts', team => 'SELECT, INSERT', contact => 'SELECT, INSERT');
