-- room: conversations
CREATE TABLE conversations (
  id uuid PRIMARY KEY,
  number bigint GENERATED ALWAYS AS IDENTITY (START WITH 1001) UNIQUE,
  organisation_id uuid REFERENCES organisations,
  contact_id uuid NOT NULL REFERENCES contacts,
  client_conversation_id uuid NOT NULL,
  request_hash bytea NOT NULL,
  locale text NOT NULL CHECK (locale IN ('en', 'el')),
  subject text NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'resolved')),
  handling text NOT NULL CHECK (handling IN ('assistant', 'waiting', 'agent')),
  assignee_id uuid REFERENCES members,
  assignee_name text,
  last_seq integer NOT NULL DEFAULT 0,
  last_message_at timestamptz NOT NULL,
  last_message_preview text NOT NULL DEFAULT '',
  waiting_since timestamptz,
  contact_read_seq integer NOT NULL DEFAULT 0,
  case_given integer NOT NULL DEFAULT 0,
  case_wanted integer NOT NULL DEFAULT 0,
  time_zone text,
  page_url text,
  article_slug text,
  tried text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  UNIQUE (contact_id, client_conversation_id)
);
-- Each view of the inbox reads its own index; the order of a query and its index must agree.
CREATE INDEX conversations_open ON conversations (last_message_at DESC, id DESC) WHERE status = 'open' AND handling <> 'assistant';
CREATE INDEX conversations_with_assistant ON conversations (last_message_at DESC, id DESC) WHERE status = 'open' AND handling = 'assistant';
CREATE INDEX conversations_unassigned ON conversations (last_message_at DESC, id DESC) WHERE status = 'open' AND handling <> 'assistant' AND assignee_id IS NULL;
CREATE INDEX conversations_mine ON conversations (assignee_id, last_message_at DESC, id DESC) WHERE status = 'open';
CREATE INDEX conversations_resolved ON conversations (last_message_at DESC, id DESC) WHERE status = 'resolved';
CREATE INDEX conversations_contact ON conversations (contact_id, last_message_at DESC, id DESC);
SELECT clew_guard('conversations', team => 'SELECT, INSERT, UPDATE', contact => 'SELECT, INSERT, UPDATE');

CREATE TABLE messages (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES conversations,
  contact_id uuid NOT NULL REFERENCES contacts,
  seq integer NOT NULL CHECK (seq > 0),
  kind text NOT NULL CHECK (kind IN ('message', 'note', 'activity')),
  internal boolean NOT NULL CHECK (internal OR kind <> 'note'),
  author_type text NOT NULL CHECK (author_type IN ('contact', 'agent', 'assistant', 'system')),
  author_id uuid,
  author_name text,
  client_message_id uuid,
  request_hash bytea,
  body text NOT NULL,
  content jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  UNIQUE (conversation_id, seq),
  UNIQUE (conversation_id, client_message_id)
);
-- The second wall: a contact reads only what was said to them, whatever the query forgot.
SELECT clew_guard('messages', team => 'SELECT, INSERT', contact => 'SELECT, INSERT',
  contact_rows => 'contact_id = clew_contact_id() AND NOT internal');

CREATE TABLE message_files (
  message_id uuid NOT NULL REFERENCES messages,
  file_id uuid NOT NULL REFERENCES files,
  contact_id uuid NOT NULL REFERENCES contacts,
  internal boolean NOT NULL,
  place integer NOT NULL,
  PRIMARY KEY (message_id, file_id)
);
CREATE INDEX message_files_file ON message_files (file_id);
SELECT clew_guard('message_files', team => 'SELECT, INSERT', contact => 'SELECT, INSERT',
  contact_rows => 'contact_id = clew_contact_id() AND NOT internal');
