import type { StoredFile } from '@clew/contract/files'
import type { FileRow } from './model.ts'

export const storedFileView = ({ id, name, mediaType, sizeBytes, sha256 }: FileRow): StoredFile => ({
  id,
  name,
  mediaType,
  sizeBytes,
  sha256,
})
