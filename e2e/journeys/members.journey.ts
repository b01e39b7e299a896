import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Locale, locales } from '@clew/i18n'
import type { Locator, Page } from 'playwright-core'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { type Api, browserLocale, type Customer, openCustomer, visitAs } from '../harness/customer.ts'
import { type Keyboard, keyboardOn } from '../harness/keyboard.ts'
import { fromLetter } from '../harness/mail.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { type Words, wordsOf } from '../harness/words.ts'
import { nobodyYet } from '../screens/workspace.ts'

/**
 * With the keyboard alone a customer's owner makes a role, a kind of seat and a group, invites people and takes
 * invitations back, and changes, stops and removes who has joined.
 */
export const members: Journey = {
  name: 'members',
  async run(stage) {
    const clew = await stage.startClew()
    const { api: team } = await visitAs(stage, { clew, locale: 'en' })
    for (const locale of locales) await walk(stage, { clew, team, locale })
  },
}

type Scene = {
  stage: Stage
  clew: Clew
  customer: Customer
  page: Page
  keys: Keyboard
  locale: Locale
  words: Words
  faults: Faults
}

const said = {
  en: { role: 'Front desk', seat: 'Observer', group: 'Claims', person: 'Nikos Vlachos' },
  el: { role: 'Γραμματεία', seat: 'Παρατηρητής', group: 'Αποζημιώσεις', person: 'Νίκος Βλάχος' },
} as const

async function walk(stage: Stage, { clew, team, locale }: { clew: Clew; team: Api; locale: Locale }): Promise<void> {
  const customer = await openCustomer(stage, { clew, locale, team })
  // That the last owner cannot go is refused, which Chromium's console calls an error.
  customer.watch.allow(/status of 409 /)
  const page = await customer.context.newPage()
  const scene = {
    stage: { ...stage, step: (what: string) => stage.step(`${what} (${locale})`) },
    clew,
    customer,
    page,
    keys: keyboardOn(page),
    locale,
    words: wordsOf(locale),
    faults: new Map() as Faults,
  }
  await rolesAndSeats(scene)
  await group(scene)
  await alone(scene)
  await invitePasted(scene)
  await inviteTable(scene)
  await againAndBack(scene)
  await accepts(scene)
  await changes(scene)
  await stopsAndRemoves(scene)
  assertNone(scene.faults)
}

const joinLink = /http\S+\/app\/join#token=[\w-]+/

const part = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

const openPage = async ({ keys, page, clew }: Scene, name: string): Promise<void> => {
  await keys.open(`${clew.url}/app/console/${name}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await keys.skip()
}

async function rolesAndSeats(scene: Scene): Promise<void> {
  const { stage, page, keys, locale, words, faults } = scene
  const { members: t } = words
  const { role, seat } = said[locale]
  stage.step('a role of their own is made')
  await openPage(scene, 'roles')
  const newRole = part(page, t('console-members.role_new'))
  await keys.write(newRole.getByLabel(t('console-members.name'), { exact: true }), role)
  await keys.use(newRole.getByRole('checkbox', { name: t('console-members.may_members_invite') }), 'Space')
  await keys.use(newRole.getByRole('button', { name: t('console-members.create') }))
  const made = part(page, t('console-members.roles')).getByRole('button', { name: role })
  await made.waitFor()
  await keys.use(made)
  await page.getByText(t('console-members.role_effect', { count: 0 })).waitFor()
  await inspect(page, `roles, ${locale}`, faults)

  stage.step('and a kind of seat with a limit')
  const newSeat = part(page, t('console-members.seat_new'))
  await keys.write(newSeat.getByLabel(t('console-members.name'), { exact: true }), seat)
  await keys.write(newSeat.getByLabel(t('console-members.seat_limit')), '1')
  await keys.use(newSeat.getByRole('button', { name: t('console-members.create') }))
  await part(page, t('console-members.history')).getByRole('cell', { name: seat }).waitFor()
}

async function group(scene: Scene): Promise<void> {
  const { stage, page, keys, locale, words, faults } = scene
  const { members: t } = words
  stage.step('a group is made')
  await openPage(scene, 'groups')
  await page.getByText(t('console-members.groups_lead', { count: 0 })).waitFor()
  await inspect(page, `no groups, ${locale}`, faults)
  const newGroup = part(page, t('console-members.group_new'))
  await keys.write(newGroup.getByLabel(t('console-members.name'), { exact: true }), said[locale].group)
  await keys.press('Enter')
  await page.getByRole('button', { name: t('console-members.group_open', { name: said[locale].group }) }).waitFor()
}

async function alone(scene: Scene): Promise<void> {
  const { stage, page, keys, customer, locale, words, faults } = scene
  const { members: t, errors } = words
  stage.step('alone, the last owner cannot give that up')
  await openPage(scene, 'members')
  await page.getByText(t('console-members.none_yet')).waitFor()
  await inspect(page, `members, alone, ${locale}`, faults)
  const own = page.getByRole('combobox', { name: t('console-members.role_of', { name: customer.owner.name }) })
  await keys.choose(own, t('console-members.role_member'))
  await page.getByText(errors('errors.member.last_owner', { name: customer.owner.name })).waitFor()
  await eventually('they are an owner still', async () => (await own.inputValue()) === 'owner')
}

const inviting = ({ page, words: { members: t } }: Scene): Locator => part(page, t('console-members.invite'))

async function invitePasted(scene: Scene): Promise<void> {
  const { stage, keys, customer, page, locale, words, faults } = scene
  const { members: t } = words
  const { role, group: name, person } = said[locale]
  const { domain } = customer
  stage.step('addresses are pasted, one of them wrong, and what would happen is said')
  const box = inviting(scene)
  const pasted = `${person} <nikos@${domain}>, dora@${domain}\nnot-an-address`
  await keys.write(box.getByLabel(t('console-members.invite_addresses')), pasted)
  await box.getByText(t('console-members.out_invalid')).waitFor()
  await keys.choose(box.getByRole('combobox', { name: t('console-members.role'), exact: true }), role)
  await keys.choose(box.getByRole('combobox', { name: t('console-members.group'), exact: true }), name)
  await box.getByText(t('console-members.out_sends_seat', { number: 2, limit: 5 })).waitFor()
  await inspect(page, `invitations, previewed, ${locale}`, faults)

  stage.step('those that can go out do')
  await keys.use(box.getByRole('button', { name: t('console-members.invite_send', { count: 2 }) }))
  await box.getByText(t('console-members.invite_sent', { sent: 2 })).waitFor()
  await inspect(page, `invitations, sent, ${locale}`, faults)
}

async function inviteTable(scene: Scene): Promise<void> {
  const { stage, keys, customer, page, locale, words, faults } = scene
  const { members: t } = words
  const { domain } = customer
  stage.step('a table is chosen; one row is wrong, one has to wait for a seat')
  const box = inviting(scene)
  const file = path.join(stage.folder, `people.${locale}.csv`)
  const rows = ['thanos,Thanos Rallis,member', 'maria,Maria Sotiri,admin', 'ioanna,Ioanna Markou,member']
  const table = ['email,name,role', ...rows.map((row) => row.replace(',', `@${domain},`)), `leon@${domain},Leon,pilot`]
  await writeFile(file, `${table.join('\n')}\n`)
  await keys.attach(box.getByLabel(t('console-members.invite_table')), file)
  await box.getByText(t('console-members.invite_table_is', { file: path.basename(file) })).waitFor()
  await box.getByText(t('console-members.out_role_unknown', { detail: 'pilot' })).waitFor()
  await box.getByText(t('console-members.out_waits_for_seat')).waitFor()
  await inspect(page, `a table of people, previewed, ${locale}`, faults)
  await keys.use(box.getByRole('button', { name: t('console-members.invite_send', { count: 3 }) }))
  await box.getByText(t('console-members.invite_sent', { sent: 2 })).waitFor()
}

async function againAndBack(scene: Scene): Promise<void> {
  const { stage, clew, keys, customer, page, locale, words, faults } = scene
  const { members: t } = words
  const open = part(page, t('console-members.invitations'))
  const line = (of: string) => open.getByRole('listitem').filter({ hasText: `${of}@${customer.domain}` })
  stage.step('one invitation is sent again, another taken back')
  await line('ioanna').getByText(t('console-members.invitation_waits_seat')).waitFor()
  await keys.use(line('dora').getByRole('button', { name: t('console-members.resend') }))
  await page.getByText(t('console-members.resent', { email: `dora@${customer.domain}` })).waitFor()
  await inspect(page, `open invitations, ${locale}`, faults)
  await keys.use(line('thanos').getByRole('button', { name: t('console-members.revoke') }))
  await line('thanos').waitFor({ state: 'detached' })
  // Their seat is free for whoever waits.
  await fromLetter(clew, `ioanna@${customer.domain}`, joinLink)
  await openPage(scene, 'members')
  await line('ioanna').waitFor()
  assert.equal(await line('ioanna').getByText(t('console-members.invitation_waits_seat')).count(), 0)
}

async function accepts({ stage, clew, customer, locale, words, faults }: Scene): Promise<void> {
  const { workspace: t } = words
  const email = `nikos@${customer.domain}`
  stage.step('whoever was invited opens the letter, joins, and comes in again by their password')
  const link = await fromLetter(clew, email, joinLink)
  const { context, watch } = await stage.visit({
    viewport: { width: 1280, height: 800 },
    locale: browserLocale[locale],
  })
  watch.allow(nobodyYet)
  const page = await context.newPage()
  const keys = keyboardOn(page)
  await keys.open(link)
  await keys.write(page.getByLabel(t('workspace.your_name')), said[locale].person)
  await keys.write(page.getByLabel(t('workspace.password_new')), customer.owner.password)
  await inspect(page, `joining, ${locale}`, faults)
  await keys.press('Enter')
  await page.waitForURL(/\/app\/console\//)
  await keys.use(page.getByRole('button', { name: t('workspace.your_menu', { name: said[locale].person }) }))
  await keys.pick(page.getByRole('menuitem', { name: t('workspace.sign_out') }))
  await keys.write(page.getByLabel(t('workspace.email')), email)
  await keys.press('Enter')
  await keys.write(page.getByLabel(t('workspace.password'), { exact: true }), customer.owner.password)
  await keys.press('Enter')
  await page.getByRole('link', { name: customer.name }).waitFor()
  await context.close()
}

async function changes(scene: Scene): Promise<void> {
  const { stage, keys, page, customer, locale, words, faults } = scene
  const { members: t } = words
  const { person, group: name, role } = said[locale]
  stage.step('they get another role, and the one of before back again')
  await openPage(scene, 'members')
  const now = page.getByRole('combobox', { name: t('console-members.role_of', { name: person }) })
  const admin = t('console-members.role_admin')
  await keys.choose(now, admin)
  await page.getByText(t('console-members.role_changed', { name: person, role: admin })).waitFor()
  await keys.use(page.getByRole('button', { name: t('console-members.undo') }))
  const chosen = () => now.evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.text)
  await eventually('they have their role again', async () => (await chosen()) === role)

  stage.step('and a colleague comes into a group by being looked for')
  await openPage(scene, 'groups')
  await keys.use(page.getByRole('button', { name: t('console-members.group_open', { name }) }))
  const people = part(page, t('console-members.group_open', { name }))
  await people.getByText(person, { exact: true }).waitFor()
  await keys.write(people.getByLabel(t('console-members.group_add')), customer.owner.email.slice(0, 5))
  const add = people.getByRole('button', { name: new RegExp(`^${customer.owner.name}`) })
  await add.waitFor()
  await inspect(page, `people of a group, ${locale}`, faults)
  await keys.use(add)
  await people.getByRole('listitem').filter({ hasText: customer.owner.email }).waitFor()
}

async function stopsAndRemoves(scene: Scene): Promise<void> {
  const { stage, keys, page, locale, words, faults } = scene
  const { members: t } = words
  const { person } = said[locale]
  stage.step('their access is stopped and given back')
  await openPage(scene, 'members')
  await keys.use(page.getByRole('button', { name: t('console-members.manage', { name: person }) }))
  await keys.use(page.getByRole('button', { name: t('console-members.deactivate') }))
  await page.getByText(t('console-members.stopped_console'), { exact: true }).waitFor()
  await inspect(page, `somebody whose access was stopped, ${locale}`, faults)
  await keys.use(page.getByRole('button', { name: t('console-members.reactivate') }))
  await page.getByText(t('console-members.stopped_console'), { exact: true }).waitFor({ state: 'detached' })

  stage.step('what happens to their things is said before they are removed')
  await keys.use(page.getByRole('button', { name: t('console-members.remove'), exact: true }))
  const removal = part(page, t('console-members.remove_now', { name: person }))
  await removal.getByText(t('console-members.remove_groups', { groups: said[locale].group })).waitFor()
  await inspect(page, `what happens to their things, ${locale}`, faults)
  await keys.use(removal.getByRole('button', { name: t('console-members.remove_now', { name: person }) }))
  await page.getByText(t('console-members.removed', { name: person })).waitFor()

  stage.step('the last owner hears why they cannot leave')
  await openPage(scene, 'profile')
  await page.getByText(t('console-members.leave_last_owner')).waitFor()
}
