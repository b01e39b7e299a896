import { type Locale, locales } from '@clew/i18n'
import { startDnsServer } from '../../apps/server/src/testkit/dns-server.ts'
import { assertNone } from '../harness/axe.ts'
import { askQuestion, colleague, identitySecret, openCustomer, proveDomain, visitAs } from '../harness/customer.ts'
import { keyboardOn } from '../harness/keyboard.ts'
import type { Journey } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { exportData } from './data/exports.ts'
import { ownCopy } from './data/own-copy.ts'
import { keepData } from './data/retention.ts'
import type { DataScene } from './data/scene.ts'
import { countUsage } from './data/usage.ts'

/**
 * With the keyboard alone the owner of a customer's organisation reads what is used, takes data out with a second
 * person's word, decides how long data is kept, holds some of it, and erases a person.
 */
export const data: Journey = {
  name: 'usage, exports, retention',
  async run(stage) {
    const dns = await startDnsServer()
    stage.onEnd(dns.stop)
    const clew = await stage.startClew({ settings: { CLEW_DNS_SERVERS: dns.address } })
    const { api: team } = await visitAs(stage, { clew, locale: 'en' })
    const secret = await identitySecret(team)
    const reporting = { name: 'Product', kind: 'service', scopes: ['usage.report'], days: 30 }
    const { token } = (await team('post', '/console/api-keys', reporting)) as { token: string }

    const walk = async (locale: Locale) => {
      const customer = await openCustomer(stage, { clew, locale, team })
      await proveDomain(customer.api, customer.domain, dns)
      const email = `ourania@${customer.domain}`
      const body = questions[locale]
      const { number } = await askQuestion({ clew, locale, body, signed: { secret, email } })
      const second = { name: seconds[locale], email: `second@${customer.domain}`, password: customer.owner.password }
      const page = await customer.context.newPage()
      const scene: DataScene = {
        stage: { ...stage, step: (what) => stage.step(`${what} (${locale})`) },
        clew,
        customer,
        page,
        keys: keyboardOn(page),
        locale,
        words: wordsOf(locale),
        faults: new Map(),
        reportingKey: token,
        contact: { email, body, number },
        second: await colleague(stage, { clew, locale, api: customer.api, person: second, role: 'admin' }),
        secondName: second.name,
      }
      await countUsage(scene)
      await exportData(scene)
      await ownCopy(scene)
      await keepData(scene)
      assertNone(scene.faults)
    }
    for (const locale of locales) await walk(locale)
  },
}

const questions = {
  en: 'My upload stops with error 413. You can reach me at ourania@halcyon.example.',
  el: 'Η μεταφόρτωση σταματά με σφάλμα 413. Γράψτε μου στο ourania@meltemi.example.',
} as const
const seconds = { en: 'Otto Kern', el: 'Όθων Κερν' } as const
