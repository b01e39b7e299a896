-- room: status
-- Who is told of an incident's end: a conversation, or an address whose owner has confirmed it.
CREATE TABLE status_followers (
  id uuid PRIMARY KEY,
  incident_id uuid NOT NULL REFERENCES incidents,
  conversation_id uuid,
  email text,
  -- Of the mails; a conversation has a language of its own.
  locale text,
  -- Every update, or the end alone.
  every_update boolean NOT NULL,
  -- Of the token in the latest mail that asks for the confirmation.
  token_hash bytea UNIQUE,
  token_expires_at timestamptz,
  confirmed_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz NOT NULL,
  CHECK (num_nonnulls(conversation_id, email) = 1),
  CHECK ((email IS NULL) = (locale IS NULL)),
  UNIQUE (incident_id, conversation_id),
  UNIQUE (incident_id, email)
);
SELECT clew_guard('status_followers', team => 'SELECT');

-- That a follower was told of an update, once. `unfollow_hash`: of the token in that mail by which one leaves.
CREATE TABLE status_notices (
  follower_id uuid NOT NULL REFERENCES status_followers ON DELETE CASCADE,
  update_id uuid NOT NULL REFERENCES incident_updates,
  unfollow_hash bytea UNIQUE,
  at timestamptz NOT NULL,
  PRIMARY KEY (follower_id, update_id)
);
SELECT clew_guard('status_notices');

-- How often an address was asked for lately, by its hash.
CREATE TABLE status_follow_requests (
  id uuid PRIMARY KEY,
  email_hash bytea NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX status_follow_requests_recent ON status_follow_requests (email_hash, at);
SELECT clew_guard('status_follow_requests');

-- room: platform
-- Where a mail program unsubscribes with one click (RFC 8058).
ALTER TABLE mails ADD COLUMN unsubscribe_url text;

-- room: files
-- A plain file is kept as it came once a message holds it; a capture ends when its clean copy is there.
ALTER TABLE uploads ADD COLUMN kind text NOT NULL DEFAULT 'capture' CHECK (kind IN ('capture', 'file'));
ALTER TABLE uploads DROP CONSTRAINT uploads_state_check;
ALTER TABLE uploads ADD CONSTRAINT uploads_state_check CHECK (state IN ('open', 'complete', 'kept', 'ended'));
-- What a file is, is said when all of it is there.
GRANT UPDATE (media_type) ON files TO clew_contact;
GRANT SELECT ON upload_segments TO clew_team;
CREATE POLICY team_all ON upload_segments FOR SELECT TO clew_team USING (true);

-- room: har
-- A link leads to a capture or to a plain file. One that was made by itself has no maker.
ALTER TABLE capture_links ALTER COLUMN capture_id DROP NOT NULL;
ALTER TABLE capture_links ADD COLUMN file_id uuid REFERENCES files;
ALTER TABLE capture_links ADD CONSTRAINT capture_links_target CHECK (num_nonnulls(capture_id, file_id) = 1);
ALTER TABLE capture_links ALTER COLUMN created_by DROP NOT NULL;
ALTER TABLE capture_links ALTER COLUMN created_by_name DROP NOT NULL;
CREATE INDEX capture_links_file ON capture_links (file_id, created_at) WHERE file_id IS NOT NULL;
-- One by itself for each.
CREATE UNIQUE INDEX capture_links_automatic ON capture_links (coalesce(capture_id, file_id)) WHERE created_by IS NULL;
