import type { EntryRule } from '../finding.ts'
import { withRequestIds } from './parts.ts'

/** The server understood the address but not the request. */
export const badRequest: EntryRule = {
  id: 'bad-request',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  yieldsTo: ['header-too-big', 'sso-error', 'ws-fail', 'preflight-fail', 'block-page'],
  select: (scene) =>
    scene
      .withStatus(400, 405, 406, 409, 415, 422)
      .filter((entry) => scene.isFirstParty(entry) || entry.error !== undefined),
  customer: {
    en: 'The server did not accept what was sent[[: {text}]].',
    el: 'Ο διακομιστής δεν δέχτηκε όσα στάλθηκαν[[: {text}]].',
  },
  agent: withRequestIds({
    en: '{method} {host}{path} answered {status}[[ with code {code}]][[: {text}]]{count?| ({count} in all)}.',
    el: 'Το {method} {host}{path} απάντησε {status}[[ με κωδικό {code}]][[: {text}]]{count?| (συνολικά {count})}.',
  }),
}
