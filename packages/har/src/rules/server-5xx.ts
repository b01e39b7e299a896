import type { EntryRule } from '../finding.ts'
import { withRequestIds } from './parts.ts'

/** The server failed. */
export const serverError: EntryRule = {
  id: 'server-5xx',
  severity: 'high',
  elsewhere: 'low',
  per: 'host',
  canBeIncident: true,
  yieldsTo: ['block-page', 'ws-fail', 'upload-cut', 'preflight-fail'],
  select: (scene) =>
    scene.failing.filter(
      ({ status }) => status === 500 || status === 501 || (status >= 505 && status < 520 && status !== 511),
    ),
  customer: {
    en: 'The server at {host} made an error. This is not your fault.',
    el: 'Ο διακομιστής {host} παρουσίασε σφάλμα. Δεν φταίτε εσείς.',
  },
  agent: withRequestIds({
    en: '{count} {count?request|requests} to {host} answered {status}[[ ({code})]]{count?:|, first} {method} {path}.[[ The server says “{text}”.]]',
    el: '{count} {count?αίτημα προς {host} απάντησε|αιτήματα προς {host} απάντησαν} {status}[[ ({code})]]{count?:|, πρώτο το} {method} {path}.[[ Ο διακομιστής λέει «{text}».]]',
  }),
}
