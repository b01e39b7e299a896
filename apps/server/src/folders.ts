import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the running code: `src`, or `dist` in the bundle. */
export const codeFolder = dirname(fileURLToPath(import.meta.url))

/** The folder of the server app, from its sources as well as from its bundle. */
export const serverFolder = join(codeFolder, '..')

/** What a browser app was built to. */
export const builtFolder = (workspace: string): string => join(serverFolder, '..', '..', workspace, 'dist')

/** What the build has learnt from the training phrases. */
export const routerFile = join(serverFolder, '..', '..', 'packages', 'assistant', 'dist', 'router.bin')

/** Beside the bundle only: whoever runs the sources reads the flows from theirs. */
export const builtFlowsFile = join(codeFolder, 'flows.json')
