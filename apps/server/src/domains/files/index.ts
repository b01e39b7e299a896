import type { Domain } from '../../platform/domain.ts'
import type { SealedStorage } from '../../platform/storage/sealed.ts'
import { fileJobs } from './jobs.ts'
import { type FileParts, fileRoutes } from './routes.ts'
import { uploadRoutes } from './routes.uploads.ts'

export { contentDisposition, storageKeyOf } from './model.ts'
export { findFile, listFiles, lockFile, setFileState } from './repository.ts'
export { findUpload } from './repository.uploads.ts'
export { type HeldBytes, heldBytes } from './use-cases/held-bytes.ts'
export { type Leftover, removeLeftover, settleFile } from './use-cases/release-original.ts'

export const files = (parts: FileParts & { storage: SealedStorage; maxCaptureBytes: number }): Domain => ({
  name: 'files',
  routes: [...fileRoutes(parts), ...uploadRoutes(parts)],
  jobs: fileJobs(parts.storage),
})
