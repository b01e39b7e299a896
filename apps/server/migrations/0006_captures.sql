-- room: har
CREATE TABLE captures (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL,
  contact_id uuid NOT NULL REFERENCES contacts,
  file_id uuid NOT NULL UNIQUE REFERENCES files,
  name text NOT NULL,
  size_bytes bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('received', 'analysed', 'refused')),
  refusal text,
  removed_in_browser jsonb NOT NULL,
  removed_on_server jsonb NOT NULL DEFAULT '[]',
  entries integer NOT NULL DEFAULT 0,
  span_ms double precision NOT NULL DEFAULT 0,
  failing integer NOT NULL DEFAULT 0,
  findings jsonb NOT NULL DEFAULT '[]',
  entry_rows jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL,
  analysed_at timestamptz
);
CREATE INDEX captures_conversation ON captures (conversation_id, created_at);
SELECT clew_guard('captures', team => 'SELECT, INSERT', contact => 'SELECT, INSERT');
