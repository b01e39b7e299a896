-- room: macros
-- A reply that the team has saved, in one language or both, with what comes with it. The support team's alone.
CREATE TABLE macros (
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
  -- Without accents and capitals: two macros do not differ by these alone.
  folded_name text NOT NULL,
  bodies jsonb NOT NULL CHECK (bodies ? 'en' OR bodies ? 'el'),
  tags text[] NOT NULL,
  resolves boolean NOT NULL,
  created_at timestamptz NOT NULL,
  created_by uuid REFERENCES members,
  created_by_name text,
  changed_at timestamptz NOT NULL,
  changed_by uuid REFERENCES members,
  changed_by_name text
);
CREATE UNIQUE INDEX macros_name ON macros (folded_name);
SELECT clew_guard('macros', team => 'SELECT, INSERT, UPDATE, DELETE');

-- Which macros that come with the product were put in place once: one that was deleted does not come back.
CREATE TABLE macro_starters (
  slug text PRIMARY KEY,
  placed_at timestamptz NOT NULL
);
SELECT clew_guard('macro_starters');
