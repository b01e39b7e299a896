import type { Domain } from '../../platform/domain.ts'
import type { SealedStorage } from '../../platform/storage/sealed.ts'
import { fileJobs } from './jobs.ts'
import { fileMeters } from './meters.ts'
import { filePeople } from './people.ts'
import { type FileParts, fileRoutes } from './routes.ts'
import { uploadRoutes } from './routes.uploads.ts'
import type { KnowsKeys } from './use-cases/sweep-orphans.ts'

export { type FileRow, isShownInline } from './model.ts'
export { dropFiles, emptyFiles, forgetFiles } from './people.ts'
export { findFile, listFiles, listFilesFrom, setFileState } from './repository.ts'
export { sendOpened } from './send-file.ts'
export { claimForCapture } from './use-cases/claim-for-capture.ts'
export { type HeldBytes, heldBytes } from './use-cases/held-bytes.ts'
export { keepFiles } from './use-cases/keep-files.ts'
export { lyingOf, type OpenedFile, openFile, readFile } from './use-cases/read-file.ts'
export { type Leftover, removeLeftover, settleFile } from './use-cases/release-original.ts'
export { storeFile } from './use-cases/store-file.ts'

export const files = (
  parts: FileParts & { storage: SealedStorage; maxCaptureBytes: number; storedKeys: KnowsKeys },
): Domain => ({
  name: 'files',
  meters: fileMeters,
  routes: [...fileRoutes(parts), ...uploadRoutes(parts)],
  jobs: fileJobs(parts.storage, parts.storedKeys),
  people: filePeople,
})
