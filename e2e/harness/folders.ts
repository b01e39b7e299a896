import path from 'node:path'

// From where the bundle lies, node_modules/.cache/clew: see run.mjs.
const root = path.join(import.meta.dirname, '../../..')
export const inRoot = (...parts: string[]): string => path.join(root, ...parts)
