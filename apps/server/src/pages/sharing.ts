import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { Holder, SharedCapture } from '../domains/har/index.ts'

/** What the pages need of the room of captures. */
export type Sharing = {
  view(holder: Holder): Promise<SharedCapture | 'password_needed'>
  enter(holder: Omit<Holder, 'proof'>, password: string): Promise<{ proof: string; expiresAt: Date } | 'wrong_password'>
  download(holder: Holder): Promise<{ name: string; sizeBytes: number; body: Readable }>
  /** The name of the agent who is signed in in this browser, if one is. */
  agentName(request: FastifyRequest): Promise<string | undefined>
}
