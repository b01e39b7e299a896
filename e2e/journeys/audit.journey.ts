import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Locale } from '@clew/i18n'
import type { Download, Page } from 'playwright-core'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { browserLocale } from '../harness/customer.ts'
import { type Keyboard, keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { sitDown } from '../screens/workspace.ts'

type Taken = { body: string; timestamp: string; signature: string }

/** An owner sends the log to a receiver, reads it, checks the chain, takes it home and checks it there. */
export const audit: Journey = { name: 'audit', run: (stage) => play(stage, 'en') }
export const auditEl: Journey = { name: 'audit in Greek', run: (stage) => play(stage, 'el') }

async function play(stage: Stage, locale: Locale): Promise<void> {
  const receiver = await startReceiver(stage)
  const clew = await stage.startClew({ settings: { CLEW_STREAM_HOSTS: `127.0.0.1:${receiver.port}` } })
  const { page } = await sitDown(stage, clew, { locale: browserLocale[locale] })
  const scene = { page, keys: keyboardOn(page), clew, locale }
  await stream(stage, { ...scene, receiver })
  await readIt(stage, scene)
  await takeHome(stage, scene)
  await noFaults(stage, scene)
}

type Receiver = Awaited<ReturnType<typeof startReceiver>>

async function startReceiver(stage: Stage) {
  const taken: Taken[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (piece: string) => {
      body += piece
    })
    request.on('end', () => {
      const of = (name: string): string => String(request.headers[name] ?? '')
      taken.push({ body, timestamp: of('clew-timestamp'), signature: of('clew-signature') })
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stage.onEnd(async () => {
    server.closeAllConnections()
    server.close()
  })
  return { taken, port: (server.address() as AddressInfo).port }
}

type Scene = { page: Page; keys: Keyboard; clew: Clew; locale: Locale }

async function stream(
  stage: Stage,
  { page, keys, clew, locale, receiver }: Scene & { receiver: Receiver },
): Promise<void> {
  const { audit: t } = wordsOf(locale)
  stage.step('a stream is added, and its secret shown once')
  await page.goto(`${clew.url}/app/console/audit/streams`)
  await page.getByText(t('console-audit.streams_empty')).waitFor()
  await keys.use(page.getByRole('button', { name: t('console-audit.stream_add') }))
  await keys.write(page.getByLabel(t('console-audit.field_name')), 'SIEM')
  await keys.write(page.getByLabel(t('console-audit.field_url')), `http://127.0.0.1:${receiver.port}/clew`)
  await keys.use(page.getByLabel(t('console-audit.from_start')), 'Space')
  await keys.use(page.getByRole('button', { name: t('console-audit.add'), exact: true }))
  const shown = page.getByRole('button', { name: t('console-audit.secret_copy') }).locator('span')
  const secret = (await shown.first().innerText()).trim()
  await keys.use(page.getByRole('button', { name: t('console-audit.secret_done') }))

  stage.step('what was recorded arrives, signed, and the screen says so')
  await page.getByText(t('console-audit.up_to_date')).waitFor()
  await eventually('the event that made the stream arrives', async () =>
    receiver.taken.some(({ body }) => body.includes('audit.stream_created')),
  )
  for (const { body, timestamp, signature } of receiver.taken)
    assert.equal(signature, `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`)

  stage.step('a test arrives at once')
  await keys.use(page.getByRole('button', { name: t('console-audit.test') }))
  await page.getByRole('status').filter({ hasText: ' ms' }).waitFor()
}

async function readIt(stage: Stage, { page, keys, clew, locale }: Scene): Promise<void> {
  const { audit: t } = wordsOf(locale)
  stage.step('the log is read with the keys, and an event opened')
  await page.goto(`${clew.url}/app/console/audit`)
  const list = page.getByRole('list', { name: t('console-audit.events') })
  await list.getByText('audit.stream_tested').waitFor()
  await keys.press('j')
  await keys.press('j')
  await keys.press('k')
  const detail = page.getByRole('complementary')
  await detail.getByText('audit.stream_tested v1').waitFor()
  await keys.use(detail.getByRole('button', { name: t('console-audit.close') }))
  await detail.waitFor({ state: 'detached' })

  stage.step('a filter narrows it, and nothing found is said')
  await keys.write(page.getByRole('searchbox', { name: t('console-audit.find') }), 'siem')
  await list.getByText('audit.stream_created').waitFor()
  await keys.write(page.getByRole('searchbox', { name: t('console-audit.find') }), 'nobody-at-all')
  await page.getByText(t('console-audit.none_found')).waitFor()
  await keys.use(page.getByRole('button', { name: t('console-audit.clear') }))
  await list.getByText('audit.stream_created').waitFor()

  stage.step('the chain is checked from its start')
  await keys.use(page.getByRole('button', { name: t('console-audit.check_again') }))
  await page.getByText(t('console-audit.whole_word')).waitFor()
}

async function takeHome(stage: Stage, { page, keys, clew, locale }: Scene): Promise<void> {
  const { audit: t } = wordsOf(locale)
  stage.step('an export is whole without the server, and not after it was changed')
  await keys.use(page.getByText(t('console-audit.export'), { exact: true }))
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    keys.use(page.getByRole('button', { name: t('console-audit.export_jsonl') })),
  ])
  const file = await saved(stage, download)
  await clew.command(['audit', 'verify', '--file', file])
  assert.match(clew.output(), /: whole\. \d+ events/)
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('audit.stream_tested', 'audit.stream_updated'))
  await assert.rejects(clew.command(['audit', 'verify', '--file', file]), /was edited/)

  stage.step('the command finds the chain of the running server whole')
  await clew.command(['audit', 'verify'])
  assert.match(clew.output(), /^team: whole\./m)
}

async function saved(stage: Stage, download: Download): Promise<string> {
  assert.match(download.suggestedFilename(), /^audit-\d{4}-\d{2}-\d{2}\.jsonl$/)
  const file = path.join(stage.folder, download.suggestedFilename())
  await download.saveAs(file)
  return file
}

async function noFaults(stage: Stage, { page, keys, clew, locale }: Scene): Promise<void> {
  const { audit: t } = wordsOf(locale)
  stage.step('no fault on either screen')
  const faults: Faults = new Map()
  await page.goto(`${clew.url}/app/console/audit`)
  await page
    .getByRole('list', { name: t('console-audit.events') })
    .getByText('audit.exported')
    .first()
    .waitFor()
  await inspect(page, 'audit log', faults)
  const events = page.getByRole('list', { name: t('console-audit.events') })
  await keys.use(events.getByRole('button').filter({ hasText: 'audit.exported' }).first())
  await page.getByText('audit.exported v1').waitFor()
  await inspect(page, 'audit event', faults)
  await page.goto(`${clew.url}/app/console/audit/streams`)
  await page.getByText(t('console-audit.public_key'), { exact: true }).waitFor()
  await keys.use(page.getByRole('button', { name: t('console-audit.change') }))
  await inspect(page, 'streams', faults)
  assertNone(faults)
}
