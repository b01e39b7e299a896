import { createHash, hkdfSync } from 'node:crypto'
import { ConfigError } from '../config.ts'
import { findKeptSecret, keptSecret } from '../kept-secret.ts'
import { say } from '../say.ts'

/** A master key. Files are sealed with keys of their own, and those with this one. */
export type FileKey = { id: Buffer; key: Buffer }

/** The first seals what is new; all of them open. */
export type FileKeys = readonly [FileKey, ...FileKey[]]

const secretName = 'files_key'

/**
 * The keys of `CLEW_FILES_KEY`, newest first; without it, one that is made at the first start and kept in the data
 * folder. A kept one still opens what it sealed before the setting was made.
 */
export function fileKeys(setting: string | undefined, dataDir: string): FileKeys {
  if (setting === undefined) return [fileKeyOf(keptSecret(dataDir, secretName))]
  const [first, ...rest] = setting.split(',').map((text) => fileKeyOf(text.trim()))
  if (first === undefined) throw unusable()
  const kept = findKeptSecret(dataDir, secretName)
  return [first, ...rest, ...(kept === undefined ? [] : [fileKeyOf(kept)])]
}

export function fileKeyOf(text: string): FileKey {
  const secret = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64url')
  if (secret.length !== 32) throw unusable()
  return {
    id: createHash('sha256').update('clew file key id').update(secret).digest().subarray(0, 8),
    key: Buffer.from(hkdfSync('sha256', secret, '', 'clew file key wrap', 32)),
  }
}

const unusable = (): ConfigError => new ConfigError(say('cli.files_key_unusable'))
