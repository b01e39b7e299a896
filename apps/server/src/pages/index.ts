import type { FastifyInstance } from 'fastify'
import type { PageParts } from './parts.ts'

/** Mounts every public page and the built apps. */
export async function registerPages(_app: FastifyInstance, _parts: PageParts): Promise<void> {}
