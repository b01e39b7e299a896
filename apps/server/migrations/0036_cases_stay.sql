-- room: contacts
-- What somebody asked in the name of an organisation that they are no longer of stays with it, as a contact that carries
-- what was known of them then. `left_by`: who they are now, for the day they come back.
ALTER TABLE contacts ADD COLUMN left_by uuid REFERENCES contacts ON DELETE SET NULL;
ALTER TABLE contacts ADD COLUMN left_at timestamptz;
ALTER TABLE contacts ADD CONSTRAINT contacts_left CHECK (left_at IS NULL OR (organisation_id IS NOT NULL AND subject IS NULL));
ALTER TABLE contacts ADD CONSTRAINT contacts_left_by CHECK (left_by IS NULL OR left_at IS NOT NULL);
CREATE INDEX contacts_left_by ON contacts (left_by) WHERE left_by IS NOT NULL;

-- An organisation's people say in the log only what happened to their own: an event of theirs names their organisation,
-- and none names a contact. Of what names neither they say what follows from a row of theirs, and nothing else: that a
-- setting of the product changed is not theirs to say.
DROP POLICY organisation_adds ON events;
CREATE POLICY organisation_adds ON events FOR INSERT TO clew_organisation WITH CHECK (
  contact_id IS NULL AND NOT payload ? 'contactId'
  AND CASE
    WHEN payload ? 'organisationId' THEN payload ->> 'organisationId' = clew_organisation_id()::text
    WHEN name = 'member.invited' THEN EXISTS (SELECT 1 FROM invitations i WHERE i.id::text = payload ->> 'invitationId')
    ELSE name = 'mail.queued'
  END
);
