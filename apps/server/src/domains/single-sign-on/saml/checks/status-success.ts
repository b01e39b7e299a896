import { type Check, shown } from '../refusal.ts'
import type { Message } from '../subjects.ts'
import { attributeOf, ns, onlyChild, textOf } from '../xml/walk.ts'

const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'

/**
 * Asked before the signature: a provider that refuses sends no assertion and often no signature,
 * and its own words are what the administrator needs. To believe an unsigned refusal harms nobody.
 */
export const statusSuccess: Check<Message> = {
  name: 'status-success',
  run: ({ root }) => {
    const status = onlyChild(root, [ns.protocol, 'Status'])
    const code = onlyChild(status, [ns.protocol, 'StatusCode'])
    if (attributeOf(code, 'Value') === success) return undefined
    const message = onlyChild(status, [ns.protocol, 'StatusMessage'])
    const observed = {
      status: shown(attributeOf(code, 'Value')),
      subStatus: shown(attributeOf(onlyChild(code, [ns.protocol, 'StatusCode']), 'Value')),
      message: shown(message && textOf(message)),
    }
    return { reason: 'saml.status_not_success', observed, expected: { status: success } }
  },
}
