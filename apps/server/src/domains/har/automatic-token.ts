import { createHmac } from 'node:crypto'
import type { CaptureLinkId } from '@clew/contract/primitives'

/**
 * The token of a link that was made by itself: nobody was there to be told it, so it can be worked out again, with a
 * secret that is not in the database. 128 bits, as the others have.
 */
export const automaticToken = (secret: string, id: CaptureLinkId): string =>
  createHmac('sha256', secret).update(`link ${id}`).digest().subarray(0, 16).toString('base64url')
