import type { OrganisationId } from '@clew/contract/primitives'
import canonicalizeModule from 'canonicalize'
import type { TxCtx } from '../../platform/ctx.ts'
import { auditSigner } from '../audit/index.ts'
import { hashOfLines, tombstoneLines } from './certificate.ts'
import { daysLater } from './model.ts'
import type { ForgetParts } from './parts.ts'
import { insertCertificate, listTombstones } from './repository.certificates.ts'

// The package says that its default export is an object; it is the function.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string

type Certified = {
  kind: 'retention_run' | 'erasure'
  ofId: string
  organisationId: OrganisationId
  facts: object
}

/** Signs what was deleted, with the key of the audit log. The bytes signed are the canonical JSON (RFC 8785). */
export async function certify(
  tx: TxCtx,
  { kind, ofId, organisationId, facts }: Certified,
  { seal, backupDays }: Pick<ForgetParts, 'seal' | 'backupDays'>,
): Promise<string> {
  const signer = await auditSigner(tx, seal)
  const lines = tombstoneLines(await listTombstones(tx, ofId))
  const id = tx.ids.next()
  const now = tx.clock.now()
  const statement = canonicalize({
    v: 1,
    kind,
    id,
    of: ofId,
    organisation: organisationId,
    at: now.toISOString(),
    key: signer.id,
    backups_forget_by: daysLater(now, backupDays).toISOString(),
    tombstones: { count: lines.length, sha256: hashOfLines(lines) },
    ...facts,
  })
  await insertCertificate(tx, {
    id,
    ofId,
    organisationId,
    statement,
    signature: signer.sign(statement),
    publicKey: signer.publicKey,
  })
  return id
}
