import type { TxCtx } from '../../platform/ctx.ts'
import type { TextSeal } from '../../platform/storage/text-seal.ts'
import { newKeyPair, type Signer, signerOf } from './checkpoint.ts'
import { findKey, insertKey } from './repository.keys.ts'

const place = 'audit signing key'

/**
 * The key that this installation signs checkpoints with, made when first asked for. It is sealed with the installation's
 * key, so that whoever has only the database can neither sign nor put another in its place.
 */
export async function auditSigner(tx: TxCtx, seal: TextSeal): Promise<Signer> {
  const found = await findKey(tx)
  if (found) return signerOf(found.id, seal.open(found.sealedPrivate, place))
  const made = newKeyPair()
  await insertKey(tx, {
    id: tx.ids.next(),
    publicKey: made.publicKey,
    sealedPrivate: seal.seal(made.privateKey, place),
  })
  // Another process may have been quicker.
  return auditSigner(tx, seal)
}
