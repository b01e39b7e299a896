-- room: single-sign-on
-- An organisation's people sign in where they sign in for everything else. We are the service provider.

CREATE TABLE sso_connections (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  kind text NOT NULL CHECK (kind IN ('saml', 'oidc')),
  provider text NOT NULL CHECK (provider IN ('okta', 'entra', 'google', 'keycloak', 'other')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  state text NOT NULL CHECK (state IN ('draft', 'active', 'off')),
  version integer NOT NULL DEFAULT 1,
  -- Which of the organisation's verified domains it serves; empty: all of them.
  domains text[] NOT NULL DEFAULT '{}',
  options jsonb NOT NULL,
  -- SAML: what the identity provider says of itself.
  metadata_url text,
  metadata_read_at timestamptz,
  metadata_failure text,
  idp_entity_id text,
  idp_sso_url text,
  certificates text[] NOT NULL DEFAULT '{}' CHECK (cardinality(certificates) <= 2),
  -- Our own key for this connection: it signs requests and opens encrypted assertions.
  sealed_key bytea,
  own_certificate text,
  -- OpenID Connect: who it is, and who we are there.
  issuer text,
  client_id text,
  sealed_secret bytea,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX sso_connections_organisation ON sso_connections (organisation_id);
CREATE UNIQUE INDEX sso_connections_name ON sso_connections (organisation_id, lower(name));
SELECT clew_guard('sso_connections', team => 'SELECT', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- Whom an identity provider means: its own name for somebody, which no change of address touches.
CREATE TABLE sso_identities (
  connection_id uuid NOT NULL REFERENCES sso_connections ON DELETE CASCADE,
  subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 1024),
  organisation_id uuid NOT NULL REFERENCES organisations,
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (connection_id, subject)
);
CREATE INDEX sso_identities_member ON sso_identities (member_id);
SELECT clew_guard('sso_identities', team => 'SELECT', organisation => 'SELECT, DELETE');

-- A sign-in under way. What comes back must answer one of these, from the same browser, and only once.
CREATE TABLE sso_requests (
  id text PRIMARY KEY,
  connection_id uuid NOT NULL REFERENCES sso_connections ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  purpose text NOT NULL CHECK (purpose IN ('sign_in', 'test')),
  browser_hash bytea NOT NULL,
  next text NOT NULL,
  login_hint text,
  -- OpenID Connect: what the answer has to be about, and the proof that it is ours.
  nonce text,
  sealed_verifier bytea,
  -- Who tests: a member, or whoever holds the set-up link.
  member_id uuid REFERENCES members ON DELETE CASCADE,
  setup_link_id uuid,
  attempt_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  consumed_at timestamptz
);
CREATE INDEX sso_requests_browser ON sso_requests (connection_id, browser_hash);
CREATE INDEX sso_requests_end ON sso_requests (expires_at);
SELECT clew_guard('sso_requests');

-- Assertions that have been taken. Each is kept for as long as it would be believed.
CREATE TABLE sso_assertions (
  connection_id uuid NOT NULL REFERENCES sso_connections ON DELETE CASCADE,
  assertion_hash bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (connection_id, assertion_hash)
);
CREATE INDEX sso_assertions_end ON sso_assertions (expires_at);
SELECT clew_guard('sso_assertions');

-- How sign-ins went; the last fifty of each connection. The reference is what the person reads out.
CREATE TABLE sso_attempts (
  id uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  organisation_id uuid REFERENCES organisations,
  connection_id uuid REFERENCES sso_connections ON DELETE CASCADE,
  purpose text NOT NULL CHECK (purpose IN ('sign_in', 'test')),
  outcome text NOT NULL CHECK (outcome IN ('signed_in', 'passed', 'refused')),
  reason text,
  -- What the person typed, and what the identity provider said of them.
  typed_email text,
  asserted_email text,
  subject_hash bytea,
  claims jsonb NOT NULL DEFAULT '[]',
  checks jsonb NOT NULL DEFAULT '[]',
  observed jsonb NOT NULL DEFAULT '{}',
  member_id uuid REFERENCES members ON DELETE SET NULL,
  setup_link_id uuid,
  -- Nothing says that it came from the identity provider. Kept apart, so that noise does not push out what counts.
  is_stranger boolean NOT NULL DEFAULT false,
  at timestamptz NOT NULL
);
CREATE INDEX sso_attempts_connection ON sso_attempts (connection_id, at DESC);
CREATE INDEX sso_attempts_organisation ON sso_attempts (organisation_id, at DESC);
CREATE INDEX sso_attempts_typed ON sso_attempts (lower(typed_email), at DESC) WHERE typed_email IS NOT NULL;
CREATE INDEX sso_attempts_asserted ON sso_attempts (lower(asserted_email), at DESC) WHERE asserted_email IS NOT NULL;
SELECT clew_guard('sso_attempts', team => 'SELECT', organisation => 'SELECT');

-- When somebody last got through a connection, by a test or for good: what requiring SSO rests on.
CREATE TABLE sso_proofs (
  connection_id uuid NOT NULL REFERENCES sso_connections ON DELETE CASCADE,
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  at timestamptz NOT NULL,
  PRIMARY KEY (connection_id, member_id)
);
CREATE INDEX sso_proofs_organisation ON sso_proofs (organisation_id, at);
SELECT clew_guard('sso_proofs', team => 'SELECT', organisation => 'SELECT');

-- A link for whoever runs the identity provider and is nobody here: it sets up one connection and tests it.
CREATE TABLE sso_setup_links (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  connection_id uuid NOT NULL REFERENCES sso_connections ON DELETE CASCADE,
  token_hash bytea NOT NULL UNIQUE,
  created_by uuid NOT NULL REFERENCES members,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX sso_setup_links_connection ON sso_setup_links (connection_id);
SELECT clew_guard('sso_setup_links', organisation => 'SELECT, INSERT, UPDATE');

-- Organisations whose people sign in by SSO and in no other way, but for those who break the glass.
CREATE TABLE sso_requirements (
  organisation_id uuid PRIMARY KEY REFERENCES organisations,
  required_at timestamptz NOT NULL,
  required_by uuid NOT NULL REFERENCES members,
  -- Until then sessions that were opened otherwise go on.
  grace_ends_at timestamptz NOT NULL,
  reason text
);
SELECT clew_guard('sso_requirements', team => 'SELECT', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- Owners who may sign in with their password although SSO is required.
CREATE TABLE sso_break_glass (
  organisation_id uuid NOT NULL REFERENCES organisations,
  member_id uuid PRIMARY KEY REFERENCES members ON DELETE CASCADE,
  added_by uuid NOT NULL REFERENCES members,
  added_at timestamptz NOT NULL
);
SELECT clew_guard('sso_break_glass', team => 'SELECT', organisation => 'SELECT, INSERT, DELETE');
