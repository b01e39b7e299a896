-- room: single-sign-on
-- What an agent pressed for somebody who cannot get in: the remedy of a diagnosis, which somebody of the organisation
-- approves or declines; or which was done at once, where the organisation lets the support team do it.
CREATE TABLE sso_proposals (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  -- What was asked about: an address or a reference. And the address that it came to.
  about text NOT NULL,
  subject text NOT NULL,
  cause text NOT NULL,
  cause_values jsonb NOT NULL,
  remedy jsonb NOT NULL,
  conversation_id uuid,
  proposed_by uuid NOT NULL,
  proposed_by_name text NOT NULL,
  proposed_at timestamptz NOT NULL,
  by_team boolean NOT NULL DEFAULT false,
  state text NOT NULL CHECK (state IN ('waiting', 'done', 'declined', 'overtaken')),
  settled_by_name text,
  settled_at timestamptz,
  CHECK ((state = 'waiting') = (settled_at IS NULL))
);
-- A second press of the same finds the first.
CREATE UNIQUE INDEX sso_proposals_waiting ON sso_proposals (organisation_id, lower(subject), (remedy ->> 'remedy'))
  WHERE state = 'waiting';
CREATE INDEX sso_proposals_organisation ON sso_proposals (organisation_id, proposed_at DESC);
SELECT clew_guard('sso_proposals', organisation => 'SELECT, INSERT, UPDATE');

-- room: provisioning
-- A token may stand for one member: that is who `/Me` is for it. It ends with them.
ALTER TABLE scim_tokens ADD COLUMN member_id uuid REFERENCES members ON DELETE CASCADE;
