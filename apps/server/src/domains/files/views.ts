import type { StoredFile, UploadState } from '@clew/contract/files'
import type { FileRow } from './model.ts'
import type { UploadRow } from './model.uploads.ts'

export const storedFileView = ({ id, name, mediaType, sizeBytes, sha256 }: FileRow): StoredFile => ({
  id,
  name,
  mediaType,
  sizeBytes,
  sha256,
})

export const uploadView = (
  { id, state, receivedBytes, lengthBytes, expiresAt }: UploadRow,
  name: string,
): UploadState => ({
  id,
  name,
  state,
  receivedBytes,
  lengthBytes,
  expiresAt: expiresAt.toISOString(),
})
