import type { FastifyRequest } from 'fastify'
import type { OpenedFile } from '../domains/files/index.ts'
import type { Holder, Shared } from '../domains/har/index.ts'

/** What the pages need of the room of captures. */
export type Sharing = {
  view(holder: Holder): Promise<Shared | 'password_needed'>
  enter(holder: Omit<Holder, 'proof'>, password: string): Promise<{ proof: string; expiresAt: Date } | 'wrong_password'>
  /** The bytes: to keep, where the link permits it, or to look at on the page. */
  open(holder: Holder, use: 'download' | 'look', range: string | undefined): Promise<OpenedFile>
  /** The name of the agent who is signed in in this browser, if one is. */
  agentName(request: FastifyRequest): Promise<string | undefined>
}
