-- room: organisations
CREATE TABLE organisations (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('support', 'customer')),
  name text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX organisations_one_support_team ON organisations (kind) WHERE kind = 'support';
SELECT clew_guard('organisations', team => 'SELECT, UPDATE', organisation => 'SELECT', organisation_rows => 'id = clew_organisation_id()');

CREATE TABLE members (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  email text NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'agent')),
  created_at timestamptz NOT NULL,
  removed_at timestamptz
);
CREATE UNIQUE INDEX members_email ON members (organisation_id, lower(email)) WHERE removed_at IS NULL;
SELECT clew_guard('members', team => 'SELECT, INSERT, UPDATE', organisation => 'SELECT');

CREATE TABLE invitations (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  email text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'agent')),
  token_hash bytea NOT NULL UNIQUE,
  invited_by uuid REFERENCES members,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz
);
SELECT clew_guard('invitations', team => 'SELECT, INSERT, UPDATE');
