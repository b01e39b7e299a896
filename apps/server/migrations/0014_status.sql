-- room: status
-- Components of the operator's product. A group is a component that others belong to; its state is that of its parts.
CREATE TABLE status_components (
  id uuid PRIMARY KEY,
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9_]{1,60}$'),
  names jsonb NOT NULL,
  descriptions jsonb NOT NULL,
  status text NOT NULL CHECK (status IN
    ('operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance')),
  is_group boolean NOT NULL DEFAULT false,
  group_id uuid REFERENCES status_components,
  place integer NOT NULL,
  keywords text[] NOT NULL DEFAULT '{}',
  hosts text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
SELECT clew_guard('status_components', team => 'SELECT, INSERT, UPDATE');

CREATE TABLE incidents (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL UNIQUE,
  titles jsonb NOT NULL,
  impact text NOT NULL CHECK (impact IN ('none', 'minor', 'major', 'critical')),
  status text NOT NULL CHECK (status IN ('investigating', 'identified', 'monitoring', 'resolved')),
  started_at timestamptz NOT NULL,
  monitoring_at timestamptz,
  resolved_at timestamptz,
  opened_by uuid,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK ((status = 'resolved') = (resolved_at IS NOT NULL))
);
CREATE INDEX incidents_newest ON incidents (started_at DESC, id);
CREATE INDEX incidents_open ON incidents (started_at) WHERE resolved_at IS NULL;
SELECT clew_guard('incidents', team => 'SELECT, INSERT, UPDATE');

-- How an incident hurts a component, while it is open.
CREATE TABLE incident_components (
  incident_id uuid NOT NULL REFERENCES incidents,
  component_id uuid NOT NULL REFERENCES status_components,
  status text NOT NULL CHECK (status IN
    ('operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance')),
  PRIMARY KEY (incident_id, component_id)
);
CREATE INDEX incident_components_component ON incident_components (component_id);
SELECT clew_guard('incident_components', team => 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE incident_updates (
  id uuid PRIMARY KEY,
  place bigint GENERATED ALWAYS AS IDENTITY,
  incident_id uuid NOT NULL REFERENCES incidents,
  client_id uuid NOT NULL UNIQUE,
  status text NOT NULL CHECK (status IN ('investigating', 'identified', 'monitoring', 'resolved')),
  bodies jsonb NOT NULL,
  author_id uuid,
  display_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX incident_updates_incident ON incident_updates (incident_id, place DESC);
SELECT clew_guard('incident_updates', team => 'SELECT, INSERT, UPDATE');

-- Every change of a component's state, for ever: what uptime will be counted from.
CREATE TABLE component_changes (
  id uuid PRIMARY KEY,
  component_id uuid NOT NULL REFERENCES status_components,
  from_status text NOT NULL,
  to_status text NOT NULL,
  incident_id uuid REFERENCES incidents,
  update_id uuid REFERENCES incident_updates,
  changed_by uuid,
  at timestamptz NOT NULL
);
CREATE INDEX component_changes_component ON component_changes (component_id, at);
CREATE INDEX component_changes_update ON component_changes (update_id);
SELECT clew_guard('component_changes', team => 'SELECT, INSERT');
