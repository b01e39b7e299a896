-- room: har
-- uploading → received → checking → analysed, or refused with a reason. `expired_at`: the bytes are deleted by policy.
ALTER TABLE captures DROP CONSTRAINT captures_state_check;
ALTER TABLE captures ADD CONSTRAINT captures_state_check
  CHECK (state IN ('uploading', 'received', 'checking', 'analysed', 'refused'));
ALTER TABLE captures ADD COLUMN done_bytes bigint NOT NULL DEFAULT 0;
ALTER TABLE captures ADD COLUMN total_bytes bigint NOT NULL DEFAULT 0;
ALTER TABLE captures ADD COLUMN attempts integer NOT NULL DEFAULT 0;
ALTER TABLE captures ADD COLUMN touched_at timestamptz;
ALTER TABLE captures ADD COLUMN expired_at timestamptz;
CREATE INDEX captures_unread ON captures (touched_at) WHERE state IN ('received', 'checking');
CREATE INDEX captures_kept ON captures (created_at) WHERE expired_at IS NULL;

-- View-only links to a capture. Only the hash of the token is here.
CREATE TABLE capture_links (
  id uuid PRIMARY KEY,
  capture_id uuid NOT NULL REFERENCES captures,
  contact_id uuid NOT NULL REFERENCES contacts,
  token_hash bytea NOT NULL UNIQUE,
  password_hash text,
  may_download boolean NOT NULL,
  created_by uuid NOT NULL REFERENCES members,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX capture_links_capture ON capture_links (capture_id, created_at);
SELECT clew_guard('capture_links', team => 'SELECT, INSERT, UPDATE');

-- Who used a link, and when. `address_hash` tells the same address from another, not which it is.
CREATE TABLE capture_link_uses (
  id uuid PRIMARY KEY,
  link_id uuid NOT NULL REFERENCES capture_links,
  kind text NOT NULL CHECK (kind IN ('viewed', 'downloaded', 'wrong_password')),
  agent_name text,
  address_hash text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX capture_link_uses_link ON capture_link_uses (link_id, at DESC);
SELECT clew_guard('capture_link_uses', team => 'SELECT');
