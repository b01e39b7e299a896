import { z } from 'zod'
import { limits } from './limits.ts'

const name = z.string().min(1).max(limits.valueLength)

/**
 * What the product can look up by itself, with what it has to be told and what it may find. Every check may find
 * `unknown`: nothing to look at, or nobody there to look.
 */
export const checks = {
  'attachment-size': {
    outcomes: ['over', 'under', 'unknown'],
    params: z.strictObject({
      overBytes: z.union([z.int().min(1).max(1e12), z.literal('uploadLimit'), z.literal('captureLimit')]),
    }),
  },
  'component-status': {
    outcomes: ['works', 'degraded', 'down', 'maintenance', 'unknown'],
    params: z.strictObject({ component: name.exactOptional() }),
  },
  'incident-open': {
    outcomes: ['open', 'none', 'unknown'],
    params: z.strictObject({ component: name.exactOptional() }),
  },
  'har-finding': {
    outcomes: ['found', 'none', 'unknown'],
    params: z.strictObject({ rules: z.array(name).min(1).max(20) }),
  },
  membership: {
    outcomes: ['member', 'inactive', 'invited', 'domain-changed', 'not-member', 'unknown'],
    params: z.strictObject({}),
  },
  'slot-known': {
    outcomes: ['known', 'unknown'],
    params: z.strictObject({ slot: name }),
  },
} as const

export type CheckName = keyof typeof checks

export const outcomesOf = (check: CheckName): readonly string[] => checks[check].outcomes
