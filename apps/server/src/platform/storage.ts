import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from './config.ts'
import { say } from './say.ts'
import { diskStorage } from './storage/disk.ts'
import { s3Storage } from './storage/s3.ts'
import type { RawStorage } from './storage/types.ts'

export type { Storage } from './storage/types.ts'

/**
 * Opens the store that `CLEW_FILES_URL` names: `file:///folder`, `s3://key:secret@host/bucket`, or a folder. What is
 * put there lies there as it is; `sealedStorage` encrypts.
 */
export function openStorage(filesUrl: string | undefined, dataDir: string): RawStorage {
  if (filesUrl === undefined) return diskStorage(join(dataDir, 'files'))
  const url = readable(() => new URL(filesUrl))
  return url.protocol === 'file:' ? diskStorage(readable(() => fileURLToPath(url))) : s3Storage(url)
}

function readable<T>(read: () => T): T {
  try {
    return read()
  } catch {
    // The cause would show the secret in it.
    throw new ConfigError(say('cli.files_url_unreadable'))
  }
}
