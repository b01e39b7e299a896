import type { Domain } from '../../platform/domain.ts'
import { type FileParts, fileRoutes } from './routes.ts'

export { storageKeyOf } from './model.ts'
export { findFile, listFiles, replaceContent } from './repository.ts'

export const files = (parts: FileParts): Domain => ({ name: 'files', routes: fileRoutes(parts) })
