import assert from 'node:assert/strict'
import type { Locale } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { type DnsServer, startDnsServer } from '../../apps/server/src/testkit/dns-server.ts'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import { type Clew, owner } from '../harness/clew.ts'
import { apiOf, browserLocale, openCustomer, proveDomain } from '../harness/customer.ts'
import { type Keyboard, keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { nobodyYet, workspaceOn } from '../screens/workspace.ts'

/** An owner proves a domain, moves people to it and back, and changes a rule with its effect in sight. */
export const domains: Journey = { name: 'domains and rules', run: (stage) => play(stage, 'en') }
export const domainsEl: Journey = { name: 'domains and rules in Greek', run: (stage) => play(stage, 'el') }

type Scene = { page: Page; keys: Keyboard; clew: Clew; locale: Locale; dns: DnsServer; faults: Faults }

async function play(stage: Stage, locale: Locale): Promise<void> {
  const dns = await startDnsServer()
  stage.onEnd(dns.stop)
  const clew = await stage.startClew({ settings: { CLEW_DNS_SERVERS: dns.address } })
  const { context, watch } = await stage.visit({
    viewport: { width: 1280, height: 800 },
    locale: browserLocale[locale],
  })
  watch.allow(nobodyYet)
  // A public mail domain is refused, which Chromium's console calls an error.
  watch.allow(/status of 422 .*\/api\/v1\/console\/domains/)
  const page = await context.newPage()
  await workspaceOn(page, clew.url, locale).signIn()
  const scene: Scene = { page, keys: keyboardOn(page), clew, locale, dns, faults: new Map() }
  await prove(stage, scene)
  await moveAndBack(stage, scene)
  await changeRules(stage, scene)
  await decideDispute(stage, scene)
  assertNone(scene.faults)
}

async function prove(stage: Stage, { page, keys, clew, locale, dns, faults }: Scene): Promise<void> {
  const { domains: t } = wordsOf(locale)
  stage.step('what is nobody’s own is refused')
  await page.goto(`${clew.url}/app/console/domains`)
  await page.getByText(t('console-domains.empty')).waitFor()
  const name = page.getByLabel(t('console-domains.add_label'))
  await keys.write(name, 'gmail.com')
  await keys.press('Enter')
  await page.getByRole('status').getByText('gmail.com').waitFor()

  stage.step('a domain is added, and its record is shown')
  await keys.write(name, 'Halcyon.Example')
  await keys.press('Enter')
  const line = page.getByRole('listitem', { name: 'halcyon.example' })
  const text = line.getByRole('button', { name: t('console-domains.copy_text') }).locator('span')
  const says = (await text.first().innerText()).trim()
  assert.match(says, /^clew=[0-9a-f]{32}$/)
  const check = line.getByRole('button', { name: t('console-domains.check_of', { domain: 'halcyon.example' }) })
  await keys.use(check)
  await line.getByText(t('console-domains.state_waiting')).waitFor()
  await inspect(page, 'domain that waits', faults)

  stage.step('its record is put up, and it is verified')
  dns.zone('halcyon.example')
  dns.set('_clew-challenge.halcyon.example', { TXT: [says] })
  await keys.use(check)
  await line.getByText(t('console-domains.state_verified'), { exact: true }).waitFor()
}

async function moveAndBack(stage: Stage, { page, keys, clew, locale, faults }: Scene): Promise<void> {
  const { domains: t } = wordsOf(locale)
  const [local, from] = owner.email.split('@') as [string, string]
  stage.step('the table shows what would become of each address')
  await keys.write(page.getByLabel(t('console-domains.assistant_from')), from)
  await keys.use(page.getByRole('button', { name: t('console-domains.assistant_show') }))
  const row = page.getByRole('row').filter({ hasText: owner.email })
  await row.getByRole('textbox').waitFor()
  assert.equal(await row.getByRole('textbox').inputValue(), `${local}@halcyon.example`)
  await keys.write(row.getByRole('textbox'), 'nobody@elsewhere.example')
  await keys.press('Enter')
  await row.getByText(t('console-domains.problem_elsewhere')).waitFor()
  await inspect(page, 'domain change', faults)

  stage.step('put right, it is done and undone')
  await keys.write(row.getByRole('textbox'), `${local}@halcyon.example`)
  await keys.press('Enter')
  await keys.use(page.getByRole('button', { name: t('console-domains.apply', { count: 1 }) }))
  await page.getByText(t('console-domains.change_line', { from, to: 'halcyon.example' })).waitFor()
  const { member } = (await (await page.request.get(`${clew.url}/api/v1/session`)).json()) as {
    member: { email: string }
  }
  assert.equal(member.email, `${local}@halcyon.example`)
  await inspect(page, 'domains', faults)
  await keys.use(page.getByRole('button', { name: t('console-domains.undo'), exact: true }))
  await page.getByText(t('console-domains.undone')).waitFor()
}

async function changeRules(stage: Stage, { page, keys, clew, locale, faults }: Scene): Promise<void> {
  const { policies: t } = wordsOf(locale)
  const rule = (name: 'ip_allow_list' | 'sessions') =>
    page.getByRole('listitem', { name: t(`console-policies.rule_${name}`), exact: true })
  const open = async (name: 'ip_allow_list' | 'sessions') =>
    keys.use(
      rule(name).getByRole('button', {
        name: t('console-policies.change_of', { rule: t(`console-policies.rule_${name}`) }),
      }),
    )
  stage.step('a rule that would shut its owner out cannot be saved')
  await page.goto(`${clew.url}/app/console/rules`)
  await open('ip_allow_list')
  await keys.use(rule('ip_allow_list').getByRole('button', { name: t('console-policies.range_add') }))
  await keys.write(page.getByLabel(t('console-policies.range_at', { place: 1 }), { exact: true }), '198.51.100.0/24')
  await rule('ip_allow_list').getByText(t('console-policies.effect_locks_you_out')).waitFor()
  const save = (name: 'ip_allow_list' | 'sessions') =>
    rule(name).getByRole('button', { name: t('console-policies.save') })
  assert.equal(await save('ip_allow_list').isDisabled(), true)
  await inspect(page, 'rule that shuts out', faults)

  stage.step('one that hurts nobody is saved, and is in the history')
  await keys.use(rule('ip_allow_list').getByRole('button', { name: t('console-policies.cancel') }))
  await open('sessions')
  await keys.write(page.getByLabel(t('console-policies.field_idle')), '60')
  await rule('sessions').getByText(t('console-policies.effect_from_now_on')).waitFor()
  await keys.use(save('sessions'))
  await page.getByText(t('console-policies.saved')).waitFor()
  await keys.use(
    rule('sessions').getByRole('button', {
      name: t('console-policies.history_of', { rule: t('console-policies.rule_sessions') }),
    }),
  )
  await inspect(page, 'history of a rule', faults)

  stage.step('and it is taken back, its effect in sight again')
  await keys.use(page.getByRole('dialog').getByRole('button', { name: t('console-policies.undo') }))
  assert.equal(await page.getByLabel(t('console-policies.field_idle')).inputValue(), '10080')
  await rule('sessions').getByText(t('console-policies.effect_from_now_on')).waitFor()
  await keys.use(save('sessions'))
  await page.getByText(t('console-policies.saved')).first().waitFor()
}

async function decideDispute(stage: Stage, { page, keys, clew, locale, dns, faults }: Scene): Promise<void> {
  const { domains: t } = wordsOf(locale)
  stage.step('another organisation proves the same domain, and whoever looks after both decides')
  const customer = await openCustomer(stage, { clew, locale, team: apiOf(page.context(), clew) })
  await proveDomain(customer.api, 'halcyon.example', dns)
  await keys.open(`${clew.url}/app/console/domains`)
  const part = page.getByRole('region', { name: t('console-domains.disputes'), exact: true })
  await part.getByText('halcyon.example').first().waitFor()
  await inspect(page, 'dispute of a domain', faults)
  const takesCases = t('console-domains.with_cases', { name: customer.name })
  await keys.use(part.getByRole('checkbox', { name: takesCases }), 'Space')
  await keys.use(part.getByRole('button', { name: t('console-domains.give_to', { name: customer.name }) }))
  await part.getByText(t('console-domains.no_disputes')).waitFor()
  const { domains: held } = (await customer.api('get', '/console/domains')) as {
    domains: { name: string; state: string }[]
  }
  assert.deepEqual(
    held.map(({ name, state }) => [name, state]),
    [['halcyon.example', 'verified']],
  )
}
