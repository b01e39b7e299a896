-- room: conversations
-- What the people of an organisation have asked, for those of the organisation who may see it.
CREATE INDEX conversations_organisation ON conversations (organisation_id, last_message_at DESC, id DESC)
  WHERE organisation_id IS NOT NULL;
GRANT SELECT ON conversations TO clew_organisation;
CREATE POLICY organisation_own ON conversations FOR SELECT TO clew_organisation
  USING (organisation_id = clew_organisation_id());

-- What was said to the contact, and never what the team says among themselves.
GRANT SELECT ON messages TO clew_organisation;
CREATE POLICY organisation_own ON messages FOR SELECT TO clew_organisation
  USING (NOT internal AND EXISTS (
    SELECT 1 FROM conversations c WHERE c.id = conversation_id AND c.organisation_id = clew_organisation_id()
  ));
