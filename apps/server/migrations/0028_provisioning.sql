-- room: provisioning
-- Identity providers keep the people and groups of an organisation up to date by SCIM 2.0, each over a connection.

CREATE TABLE provisioning_connections (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  kind text NOT NULL CHECK (kind IN ('okta', 'entra', 'google', 'other')),
  -- Whoever comes over the connection gets this role, unless a rule gives another. Owners are appointed by people alone.
  default_role text NOT NULL CHECK (default_role IN ('admin', 'billing', 'member', 'auditor', 'agent', 'custom')),
  default_custom_role_id uuid REFERENCES custom_roles,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  contacted_at timestamptz,
  CHECK ((default_role = 'custom') = (default_custom_role_id IS NOT NULL))
);
CREATE UNIQUE INDEX provisioning_connections_name ON provisioning_connections (organisation_id, lower(name));
SELECT clew_guard('provisioning_connections', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- Who is in this group has this role. The first rule that fits counts.
CREATE TABLE provisioning_role_rules (
  connection_id uuid NOT NULL REFERENCES provisioning_connections ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  position integer NOT NULL,
  group_name text NOT NULL CHECK (length(group_name) BETWEEN 1 AND 200),
  group_name_folded text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'billing', 'member', 'auditor', 'agent', 'custom')),
  custom_role_id uuid REFERENCES custom_roles,
  PRIMARY KEY (connection_id, position),
  UNIQUE (connection_id, group_name_folded),
  CHECK ((role = 'custom') = (custom_role_id IS NOT NULL))
);
SELECT clew_guard('provisioning_role_rules', organisation => 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE scim_tokens (
  id uuid PRIMARY KEY,
  connection_id uuid NOT NULL REFERENCES provisioning_connections ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  token_hash bytea NOT NULL UNIQUE,
  -- The last characters, by which people tell tokens apart.
  hint text NOT NULL CHECK (length(hint) = 4),
  may_users boolean NOT NULL,
  may_groups boolean NOT NULL,
  is_read_only boolean NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  -- Set when a newer token took its place; it then works until `expires_at`.
  replaced_by uuid REFERENCES scim_tokens ON DELETE SET NULL,
  used_at timestamptz,
  used_from text,
  -- The nearest reminder that has gone out, in days before the end.
  reminded_days integer
);
CREATE INDEX scim_tokens_connection ON scim_tokens (connection_id);
CREATE INDEX scim_tokens_due ON scim_tokens (expires_at) WHERE revoked_at IS NULL;
SELECT clew_guard('scim_tokens', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- A user as it was sent, without password and groups. Its id is that of the member it stands for. What is compared
-- without capitals is stored so: equality of plain columns can use an index behind row-level security.
CREATE TABLE scim_users (
  id uuid PRIMARY KEY REFERENCES members ON DELETE CASCADE,
  connection_id uuid NOT NULL REFERENCES provisioning_connections ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  external_id text COLLATE "C",
  user_name text COLLATE "C" NOT NULL,
  display_name text COLLATE "C",
  -- The name that stands beside it in groups.
  shown_name text NOT NULL,
  active boolean NOT NULL,
  resource jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX scim_users_name ON scim_users (connection_id, user_name);
CREATE UNIQUE INDEX scim_users_external ON scim_users (connection_id, external_id);
CREATE INDEX scim_users_order ON scim_users (connection_id, id);
CREATE INDEX scim_users_display ON scim_users (connection_id, display_name);
CREATE INDEX scim_users_updated ON scim_users (connection_id, updated_at);
SELECT clew_guard('scim_users', organisation => 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE scim_user_emails (
  user_id uuid NOT NULL REFERENCES scim_users ON DELETE CASCADE,
  connection_id uuid NOT NULL,
  organisation_id uuid NOT NULL REFERENCES organisations,
  email text COLLATE "C" NOT NULL,
  PRIMARY KEY (user_id, email)
);
CREATE INDEX scim_user_emails_email ON scim_user_emails (connection_id, email);
SELECT clew_guard('scim_user_emails', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- A group as it was sent, without its members: these are `group_members`, one row each.
CREATE TABLE scim_groups (
  id uuid PRIMARY KEY REFERENCES member_groups ON DELETE CASCADE,
  connection_id uuid NOT NULL REFERENCES provisioning_connections ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  external_id text COLLATE "C",
  display_name text COLLATE "C" NOT NULL,
  resource jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX scim_groups_external ON scim_groups (connection_id, external_id);
CREATE UNIQUE INDEX scim_groups_name ON scim_groups (connection_id, display_name);
CREATE INDEX scim_groups_order ON scim_groups (connection_id, id);
CREATE INDEX scim_groups_updated ON scim_groups (connection_id, updated_at);
SELECT clew_guard('scim_groups', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- Groups that a group names as its members. They are kept and given back; belonging and roles do not pass through them.
CREATE TABLE scim_nested_groups (
  group_id uuid NOT NULL REFERENCES scim_groups ON DELETE CASCADE,
  child_id uuid NOT NULL REFERENCES scim_groups ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  PRIMARY KEY (group_id, child_id)
);
CREATE INDEX scim_nested_groups_child ON scim_nested_groups (child_id);
SELECT clew_guard('scim_nested_groups', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- What identity providers asked to be changed, and what was refused, for thirty days. `body` is without secrets.
CREATE TABLE provisioning_requests (
  id uuid PRIMARY KEY,
  connection_id uuid NOT NULL REFERENCES provisioning_connections ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  at timestamptz NOT NULL,
  token_id uuid,
  token_hint text,
  method text NOT NULL,
  path text NOT NULL,
  resource_type text,
  resource_id uuid,
  resource_name text,
  body jsonb,
  -- Null where the body is kept whole; otherwise how large it was.
  omitted_bytes integer,
  if_match text,
  status integer NOT NULL,
  scim_type text,
  detail text,
  changes jsonb NOT NULL,
  duration_ms integer NOT NULL,
  request_id text NOT NULL,
  address text,
  user_agent text
);
CREATE INDEX provisioning_requests_connection ON provisioning_requests (connection_id, id DESC);
CREATE INDEX provisioning_requests_refused ON provisioning_requests (connection_id, id DESC) WHERE status >= 400;
CREATE INDEX provisioning_requests_resource ON provisioning_requests (connection_id, resource_id, id DESC);
CREATE INDEX provisioning_requests_at ON provisioning_requests (at);
CREATE INDEX provisioning_requests_lately ON provisioning_requests (connection_id, at);
SELECT clew_guard('provisioning_requests', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- Who has an address, found behind row-level security too, where an index on an expression is of no use.
CREATE INDEX members_address ON members (organisation_id, email) WHERE removed_at IS NULL;
CREATE INDEX members_connection ON members (connection_id) WHERE connection_id IS NOT NULL;
