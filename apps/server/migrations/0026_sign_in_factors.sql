-- room: sign-in
-- Several ways to say who one is, sessions that can be looked at and ended, and keys for programs.

-- A session is known by its id; its token changes at every step up. The one before is good for a moment more, for
-- requests that were under way, and proves nothing.
ALTER TABLE agent_sessions ADD COLUMN id uuid;
UPDATE agent_sessions SET id = gen_random_uuid();
ALTER TABLE agent_sessions ALTER COLUMN id SET NOT NULL;
ALTER TABLE agent_sessions ADD COLUMN previous_hash bytea;
ALTER TABLE agent_sessions ADD COLUMN rotated_at timestamptz;
ALTER TABLE agent_sessions ADD COLUMN methods text[] NOT NULL DEFAULT '{password}';
ALTER TABLE agent_sessions ADD COLUMN proved_at timestamptz;
UPDATE agent_sessions SET proved_at = created_at;
ALTER TABLE agent_sessions ALTER COLUMN proved_at SET NOT NULL;
-- `set_up`: good for nothing but setting up the second factor that the organisation asks for.
ALTER TABLE agent_sessions ADD COLUMN state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'set_up'));
-- The role with which the token was given out.
ALTER TABLE agent_sessions ADD COLUMN standing text;
ALTER TABLE agent_sessions ADD COLUMN address text;
ALTER TABLE agent_sessions ADD COLUMN user_agent text;
-- Other memberships that were proved together with this one: those it may be changed for.
ALTER TABLE agent_sessions ADD COLUMN peers uuid[] NOT NULL DEFAULT '{}';
-- What an authenticator has been asked to sign in this session.
ALTER TABLE agent_sessions ADD COLUMN challenge text;
ALTER TABLE agent_sessions ADD COLUMN organisation_id uuid REFERENCES organisations;
UPDATE agent_sessions s SET organisation_id = m.organisation_id FROM members m WHERE m.id = s.member_id;
ALTER TABLE agent_sessions ALTER COLUMN organisation_id SET NOT NULL;
CREATE INDEX agent_sessions_organisation ON agent_sessions (organisation_id);
CREATE UNIQUE INDEX agent_sessions_id ON agent_sessions (id);
CREATE UNIQUE INDEX agent_sessions_previous ON agent_sessions (previous_hash) WHERE previous_hash IS NOT NULL;

CREATE TABLE passkeys (
  id uuid PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  credential_id text NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL DEFAULT '{}',
  -- Whether it is held by one device or travels between several, and whether there is a copy.
  device_type text NOT NULL CHECK (device_type IN ('singleDevice', 'multiDevice')),
  is_backed_up boolean NOT NULL,
  aaguid text NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  created_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX passkeys_member ON passkeys (member_id);
SELECT clew_guard('passkeys');

-- The secret of an authenticator app. One counts, and one may be waiting to be confirmed.
CREATE TABLE authenticator_apps (
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  state text NOT NULL CHECK (state IN ('waiting', 'active')),
  sealed_secret bytea NOT NULL,
  -- The last time step whose code was taken; none is taken twice.
  last_step bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (member_id, state)
);
SELECT clew_guard('authenticator_apps');

CREATE TABLE recovery_codes (
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  code_hash bytea NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (member_id, code_hash)
);
SELECT clew_guard('recovery_codes');

-- A way in that is not finished: it belongs to the browser that holds the token, or to the mail that holds the link.
CREATE TABLE sign_in_attempts (
  id uuid PRIMARY KEY,
  token_hash bytea UNIQUE,
  link_hash bytea UNIQUE,
  step text NOT NULL CHECK (step IN ('passkey', 'organisation', 'second_factor', 'link', 'reset')),
  email text,
  locale text NOT NULL DEFAULT 'en' CHECK (locale IN ('en', 'el')),
  member_ids uuid[] NOT NULL DEFAULT '{}',
  methods text[] NOT NULL DEFAULT '{}',
  challenge text,
  failures integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX sign_in_attempts_end ON sign_in_attempts (expires_at);
SELECT clew_guard('sign_in_attempts');

-- Browsers in which somebody has signed in before: whoever guesses elsewhere does not slow them down.
CREATE TABLE known_devices (
  token_hash bytea NOT NULL,
  account text NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (token_hash, account)
);
CREATE INDEX known_devices_seen ON known_devices (seen_at);
SELECT clew_guard('known_devices');

-- What a wrong attempt was about, for the audit log; one that was made good no longer counts.
ALTER TABLE sign_in_failures ADD COLUMN id uuid;
UPDATE sign_in_failures SET id = gen_random_uuid();
ALTER TABLE sign_in_failures ALTER COLUMN id SET NOT NULL;
ALTER TABLE sign_in_failures ADD PRIMARY KEY (id);
ALTER TABLE sign_in_failures ADD COLUMN cleared_at timestamptz;
ALTER TABLE sign_in_failures ADD COLUMN email text;
ALTER TABLE sign_in_failures ADD COLUMN address text;
ALTER TABLE sign_in_failures ADD COLUMN user_agent text;
ALTER TABLE sign_in_failures ADD COLUMN reason text;

-- A service account is nobody: it is in no list of people and takes no seat, and what it did has its name.
ALTER TABLE members ADD COLUMN is_service boolean NOT NULL DEFAULT false;
ALTER TABLE members ADD CONSTRAINT members_service CHECK (NOT is_service OR removed_at IS NOT NULL);

CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  -- Who acts: somebody, or a service account.
  member_id uuid NOT NULL REFERENCES members,
  kind text NOT NULL CHECK (kind IN ('member', 'service')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  token_hash bytea NOT NULL UNIQUE,
  -- The last characters, by which people tell keys apart.
  hint text NOT NULL,
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_by uuid NOT NULL REFERENCES members,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_address text,
  revoked_at timestamptz,
  revoked_by uuid REFERENCES members
);
CREATE INDEX api_keys_organisation ON api_keys (organisation_id, created_at);
CREATE INDEX api_keys_member ON api_keys (member_id) WHERE revoked_at IS NULL;
SELECT clew_guard('api_keys', team => 'SELECT', organisation => 'SELECT, INSERT, UPDATE');
