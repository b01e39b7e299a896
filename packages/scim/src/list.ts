import { badRequest } from './errors.ts'
import type { JsonObject } from './json.ts'

export const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** `startIndex` counts from 1 (RFC 7644 §3.4.2.4). */
export type Page = { readonly startIndex: number; readonly count: number }

export type PageLimits = { readonly defaultCount?: number; readonly maxCount?: number }

export type ListResponse = {
  readonly schemas: readonly [typeof listSchema]
  readonly totalResults: number
  readonly startIndex: number
  readonly itemsPerPage: number
  readonly Resources: readonly JsonObject[]
}

/**
 * RFC 7644 §3.4.2.4: less than 1 is 1, a negative count is 0, and 0 asks for the total only. `count` is cut to `maxCount`.
 * Throws `invalidValue` for what is no whole number.
 */
export function parsePage(
  asked: { readonly startIndex?: string | number; readonly count?: string | number },
  { defaultCount = 100, maxCount = 500 }: PageLimits = {},
): Page {
  return {
    startIndex: Math.max(1, wholeNumber('startIndex', asked.startIndex ?? 1)),
    count: Math.min(maxCount, Math.max(0, wholeNumber('count', asked.count ?? Math.min(defaultCount, maxCount)))),
  }
}

export function slicePage<T>(all: readonly T[], { startIndex, count }: Page): readonly T[] {
  return all.slice(startIndex - 1, startIndex - 1 + count)
}

/** RFC 7644 §3.4.2. Finding nothing is a success with an empty list. */
export function listResponse(found: {
  readonly resources: readonly JsonObject[]
  readonly totalResults: number
  readonly startIndex: number
}): ListResponse {
  return {
    schemas: [listSchema],
    totalResults: found.totalResults,
    startIndex: found.startIndex,
    itemsPerPage: found.resources.length,
    Resources: found.resources,
  }
}

function wholeNumber(name: string, value: string | number): number {
  const isWhole = typeof value === 'number' ? Number.isInteger(value) : /^[+-]?\d{1,15}$/.test(value)
  if (!isWhole) throw badRequest('invalidValue', `${name} must be a whole number.`)
  return Math.min(Number(value), Number.MAX_SAFE_INTEGER)
}
