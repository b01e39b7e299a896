-- room: usage
-- What is counted for an organisation: by the product itself (`clew.…`), and by the product that the operator runs.
CREATE TABLE usage_meters (
  organisation_id uuid NOT NULL REFERENCES organisations,
  meter text NOT NULL CHECK (meter ~ '^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$' AND length(meter) <= 64),
  name text CHECK (length(name) <= 80),
  unit text CHECK (length(unit) <= 20),
  first_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, meter)
);
SELECT clew_guard('usage_meters', organisation => 'SELECT, UPDATE');

-- Each report once for ever: the same id again changes nothing, and with other content it is refused.
CREATE TABLE usage_records (
  organisation_id uuid NOT NULL REFERENCES organisations,
  report_id text NOT NULL CHECK (length(report_id) BETWEEN 1 AND 200),
  content_hash bytea NOT NULL,
  meter text NOT NULL,
  quantity numeric(24, 6) NOT NULL,
  at timestamptz NOT NULL,
  member_id uuid REFERENCES members ON DELETE SET NULL,
  subject text CHECK (length(subject) <= 200),
  feature text CHECK (length(feature) <= 100),
  model text CHECK (length(model) <= 100),
  received_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, report_id)
);
CREATE INDEX usage_records_when ON usage_records (organisation_id, at);
SELECT clew_guard('usage_records', organisation => 'SELECT');

-- The sums of each day (UTC). `member_id` is the nil UUID where nobody is known.
CREATE TABLE usage_days (
  organisation_id uuid NOT NULL REFERENCES organisations,
  meter text NOT NULL,
  day date NOT NULL,
  member_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  feature text NOT NULL DEFAULT '',
  model text NOT NULL DEFAULT '',
  quantity numeric(24, 6) NOT NULL,
  PRIMARY KEY (organisation_id, meter, day, member_id, feature, model)
);
CREATE INDEX usage_days_when ON usage_days (organisation_id, day);
SELECT clew_guard('usage_days', organisation => 'SELECT');

CREATE TABLE usage_thresholds (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  meter text NOT NULL,
  period text NOT NULL CHECK (period IN ('day', 'month')),
  quantity numeric(24, 6) NOT NULL CHECK (quantity > 0),
  created_at timestamptz NOT NULL,
  created_by uuid REFERENCES members,
  -- The first day of the period for which somebody was told.
  told_of date,
  UNIQUE (organisation_id, meter, period)
);
SELECT clew_guard('usage_thresholds', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- Rows come in the order of time, so an index of a few pages finds a day.
CREATE INDEX conversations_created ON conversations USING brin (created_at);
CREATE INDEX captures_created ON captures USING brin (created_at);
