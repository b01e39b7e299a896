import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import type { Clew } from '../harness/clew.ts'
import { signedIdentity } from '../harness/customer.ts'
import { planted } from '../harness/host-product.ts'
import { fromLetter } from '../harness/mail.ts'
import { uncleanHar } from '../harness/record-har.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown, type Workspace } from '../screens/workspace.ts'

const { site, identity: words } = wordsOf('en')
const address = 'nora@harbour-books.example'
const problem = 'The weekly export arrives empty'
const snippet = 'for row in export:\n    print(row)  # nothing'

/** A case by a form without any script, read and answered from another device, and everything of it deleted. */
export const myCases: Journey = {
  name: 'my-cases',
  async run(stage) {
    const clew = await stage.startClew()
    const agent = await sitDown(stage, clew)
    const number = await openByForm(stage, clew)
    await answer(stage, agent, number)
    const page = await comeBack(stage, clew, number)
    await heardAgain(stage, agent)
    await signedByTheHost(stage, clew, agent)
    await deleteAll(stage, clew, { page, agent })
  },
}

async function openByForm(stage: Stage, clew: Clew): Promise<string> {
  const { context, watch } = await stage.visit({ javaScriptEnabled: false })
  watch.allow(/status of 422 /)
  const page = await context.newPage()
  stage.step('the kind, then the fields that matter for it, without a script')
  await page.goto(`${clew.url}/en/contact`)
  await page.getByRole('radio', { name: site('site.contact_kind_ui_problem') }).check()
  await page.getByRole('button', { name: site('site.contact_continue') }).click()
  await page.getByLabel(site('site.contact_field_problem')).fill(problem)
  await page.getByLabel(site('site.contact_field_email')).fill(address)
  await page.getByLabel(site('site.contact_field_date')).fill('2026-11-24')
  await page.getByLabel(site('site.contact_field_time'), { exact: true }).fill('09:48')
  await page.getByLabel(site('site.contact_field_time_zone')).fill('Europe/Athens')
  await page.getByLabel(site('site.contact_field_snippet')).fill(snippet)
  const har = await uncleanHar(stage)
  await page.setInputFiles('#har', har)

  stage.step('a file of 30 MB gets the right sentence, and everything else is still there')
  const large = path.join(stage.folder, 'large.txt')
  await writeFile(large, Buffer.alloc(30_000_000, 'a'))
  await page.setInputFiles('#files', large)
  const send = () => page.getByRole('button', { name: site('site.contact_send') }).click()
  await send()
  await page.getByText(site('site.contact_error_file_too_large')).waitFor()
  assert.equal(await page.getByLabel(site('site.contact_field_problem')).inputValue(), problem)
  assert.equal(await page.getByLabel(site('site.contact_field_snippet')).inputValue(), snippet)
  await page.getByText(`${path.basename(har)} has come`).waitFor()
  await send()
  await page.getByRole('heading', { name: site('site.sent_title') }).waitFor()
  const said = await page.getByRole('main').innerText()
  await context.close()
  return /C-\d+/.exec(said)?.[0] ?? assert.fail('no number was said')
}

async function answer(stage: Stage, agent: Workspace, number: string): Promise<void> {
  stage.step('the team has it whole, and answers')
  await agent.item(/weekly export/).click()
  await agent.page.getByText(number).first().waitFor()
  await agent.thread.getByText('for row in export').waitFor()
  await agent.reply('Your filter hides every row.')
  await agent.thread.getByText('Your filter hides every row.').first().waitFor()
}

async function comeBack(stage: Stage, clew: Clew, number: string): Promise<Page> {
  const { context } = await stage.visit({ javaScriptEnabled: false })
  const page = await context.newPage()
  stage.step('on another device a link in a mail opens it, once')
  await page.goto(`${clew.url}/en/my`)
  await page.getByLabel(site('site.my_email')).fill(address)
  await page.getByRole('button', { name: site('site.my_send_link') }).click()
  await page.getByText(site('site.my_asked_title')).waitFor()
  const token = await fromLetter(clew, address, /(?<=\/my\/enter#token=)[\w-]{43}/)
  const link = `${clew.url}/en/my/enter#token=${token}`
  await page.goto(link)
  // Without a script one pastes the link; what stands behind its # no server is sent.
  await page.getByLabel(site('site.link_field')).fill(link)
  await page.getByRole('button', { name: site('site.my_enter_button') }).click()
  await page.getByRole('link', { name: problem }).click()
  await page.getByText(number).first().waitFor()
  await page.getByText('Your filter hides every row.').waitFor()
  await page.getByRole('heading', { name: site('site.my_captures') }).waitFor()
  assert.equal(await page.locator('pre').innerText(), snippet)
  const again = await stage.visit({ javaScriptEnabled: false })
  const other = await again.context.newPage()
  await other.goto(link)
  await other.getByLabel(site('site.link_field')).fill(link)
  await other.getByRole('button', { name: site('site.my_enter_button') }).click()
  await other.getByText(site('site.my_notice_link_invalid')).waitFor()
  await again.context.close()

  stage.step('and takes an answer')
  await page.getByLabel(site('site.my_reply'), { exact: true }).fill('Without a filter it is empty as well.')
  await page.getByRole('button', { name: site('site.my_reply_send') }).click()
  await page.getByText('Without a filter it is empty as well.').waitFor()
  return page
}

async function heardAgain(stage: Stage, agent: Workspace): Promise<void> {
  stage.step('the team hears it')
  await agent.thread.getByText('Without a filter it is empty as well.').waitFor()
}

async function signedByTheHost(stage: Stage, clew: Clew, agent: Workspace): Promise<void> {
  stage.step('an owner makes a key, whose secret is shown once')
  await agent.page.goto(`${clew.url}/app/settings/identity`)
  await agent.page.getByLabel(words('identity.name')).fill('Web app')
  await agent.page.getByRole('button', { name: words('identity.create') }).click()
  const shown = agent.page.getByRole('button', { name: words('identity.secret_copy') })
  const secret = /[\w-]{43}/.exec(await shown.innerText())?.[0] ?? assert.fail('no secret was shown')
  await agent.page.getByRole('button', { name: words('identity.secret_done') }).click()
  assert.equal(await shown.count(), 0)

  const signed = () =>
    signedIdentity(secret, { aud: clew.url, sub: 'user-17', email: 'otto@kyma.example', plan: 'team' })
  stage.step('a person for whom the host page signs has the same conversation on two devices')
  const first = await stage.visit()
  const desk = await first.context.newPage()
  await desk.goto(`${clew.url}/en`)
  await desk.evaluate(
    (identity) => (window as never as { Clew(...call: unknown[]): void }).Clew('boot', { identity }),
    signed(),
  )
  const bubble = bubbleOn(desk, 'en')
  await bubble.open()
  await bubble.write('I cannot open my workspace')
  await eventually(
    'it is stored',
    async () => (await desk.evaluate(() => localStorage.getItem('clew:pending'))) === null,
  )
  const second = await stage.visit()
  const phone = await second.context.newPage()
  await phone.goto(`${clew.url}/en/my#identity=${signed()}`)
  await phone.getByRole('link', { name: 'I cannot open my workspace' }).waitFor()
  assert.ok(!phone.url().includes('identity'))
  await first.context.close()
  await second.context.close()
}

async function deleteAll(stage: Stage, clew: Clew, { page, agent }: { page: Page; agent: Workspace }): Promise<void> {
  stage.step('everything is deleted, and the team sees that it is gone')
  await page.goto(`${clew.url}/en/my/delete`)
  await page
    .getByLabel(site('site.my_delete_confirm', { word: site('site.my_delete_word') }))
    .fill(site('site.my_delete_word'))
  await page.getByRole('button', { name: site('site.my_delete_button') }).click()
  await page.getByText(site('site.my_notice_erased')).waitFor()
  await agent.page.goto(`${clew.url}/app`)
  await agent
    .item(/cannot open my workspace/)
    .or(agent.queue.getByRole('heading'))
    .first()
    .waitFor()
  await eventually('the case is gone', async () => (await agent.item(/weekly export/).count()) === 0)
  assert.ok(!clew.output().includes(planted.cookie))
}
