-- room: sign-in
CREATE TABLE credentials (
  member_id uuid PRIMARY KEY REFERENCES members,
  password_hash text NOT NULL,
  changed_at timestamptz NOT NULL
);
SELECT clew_guard('credentials');

-- Tokens are 256 random bits; only their SHA-256 is kept.
CREATE TABLE agent_sessions (
  token_hash bytea PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX agent_sessions_member ON agent_sessions (member_id);
SELECT clew_guard('agent_sessions');

CREATE TABLE setup_tokens (
  token_hash bytea PRIMARY KEY,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
SELECT clew_guard('setup_tokens');

CREATE TABLE sign_in_failures (
  account text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX sign_in_failures_account ON sign_in_failures (account, at);
SELECT clew_guard('sign_in_failures');
