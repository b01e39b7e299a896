import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@clew/testkit/free-port'
import type { Page } from 'playwright-core'
import { type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { askQuestion } from '../harness/customer.ts'
import { inRoot } from '../harness/folders.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { sitDown, type Workspace } from '../screens/workspace.ts'

const { connectors: t } = wordsOf('en')
const known = 'req_8Fh2kQ7d'
const unknown = 'req_00000000'
const line = {
  requestId: known,
  at: '2026-11-24T07:48:12.310Z',
  method: 'POST',
  path: '/v1/completions',
  status: 503,
  durationMs: 10_012,
  errorCode: 'upstream_timeout',
  errorMessage: 'The region did not answer in time <b>twice</b>',
  notes: ['password=hunter2horse was sent'],
  links: [`https://logs.northlight.example/r/${known}`],
}

/** An owner connects the sample server of the documents, and an agent reads beside the case what it knows. */
export const connector: Journey = {
  name: 'connector',
  async run(stage) {
    const port = await freePort()
    const clew = await stage.startClew({ settings: { CLEW_LOOKUP_HOSTS: `127.0.0.1:${port}` } })
    const agent = await sitDown(stage, clew)
    await connect(stage, clew, { page: agent.page, port })
    await readBesideTheCase(stage, clew, agent)
    await noFaults(stage, agent.page)
  },
}

async function connect(stage: Stage, clew: Clew, { page, port }: { page: Page; port: number }): Promise<void> {
  stage.step('the address is saved, and the secret shown once')
  await page.goto(`${clew.url}/app/settings/connector`)
  await page.getByText(t('connectors.effect_off')).waitFor()
  await page.getByLabel(t('connectors.url')).fill(`http://127.0.0.1:${port}/lookup`)
  await page.getByRole('button', { name: t('connectors.save') }).click()
  await page.getByText(t('connectors.secret')).waitFor()
  const secret = await page
    .getByRole('button', { name: t('connectors.secret_copy') })
    .locator('span')
    .first()
    .innerText()
  await page.getByRole('button', { name: t('connectors.secret_done') }).click()

  stage.step('a test finds what the sample server knows')
  await startSample(stage, { port, secret: secret.trim() })
  await page.getByLabel(t('connectors.test_id')).fill(known)
  await page.getByRole('button', { name: t('connectors.test_run') }).click()
  await page.getByText(/^Found\. Answered in/).waitFor()
  const main = page.getByRole('main')
  await main.getByText('The region did not answer in time <b>twice</b>').waitFor()
  assert.doesNotMatch(await main.innerText(), /hunter2horse/)
  await page.getByRole('cell', { name: known }).waitFor()
}

async function startSample(stage: Stage, { port, secret }: { port: number; secret: string }): Promise<void> {
  const file = path.join(stage.folder, 'requests.ndjson')
  await writeFile(file, `not a line of JSON\n${JSON.stringify(line)}\n`)
  const child: ChildProcess = spawn(process.execPath, [inRoot('docs/examples/request-log-server.mjs'), file], {
    env: { PATH: process.env['PATH'], LOOKUP_SECRET: secret, PORT: String(port) },
  })
  stage.onEnd(async () => child.kill())
  let said = ''
  child.stdout?.on('data', (piece: Buffer) => {
    said += piece.toString()
  })
  await eventually('the sample server answers', async () => said.includes('answering'))
  const unsigned = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{"requestIds":[]}' })
  assert.equal(unsigned.status, 401)
}

async function readBesideTheCase(stage: Stage, clew: Clew, { page, facts }: Workspace): Promise<void> {
  stage.step('a contact names two ids; the agent sees what became of both')
  const body = `Completions break off. ${known} and ${unknown} are two of them.`
  const { id } = await askQuestion({ clew, body, locale: 'en' })
  await page.goto(`${clew.url}/app/c/${id}`)
  const card = (id: string) => facts.getByRole('region', { name: t('connectors.card', { id }) })
  await card(known).getByText(t('connectors.state_found')).waitFor()
  await card(known).getByText('upstream_timeout').waitFor()
  await card(unknown).getByText(t('connectors.state_not_found'), { exact: true }).waitFor()
  await facts.getByText('2026-11-24 07:48:12 UTC').waitFor()

  stage.step('looked up again on a word')
  await card(unknown)
    .getByRole('button', { name: t('connectors.look_up_named', { id: unknown }) })
    .click()
  await card(unknown).getByText(t('connectors.state_not_found'), { exact: true }).waitFor()
}

async function noFaults(stage: Stage, page: Page): Promise<void> {
  stage.step('no fault on the case and in the settings')
  const faults: Faults = new Map()
  await inspect(page, 'case with lookups', faults)
  await page.goto(new URL('/app/settings/connector', page.url()).href)
  await page.getByRole('cell', { name: known }).first().waitFor()
  await inspect(page, 'connector', faults)
  assert.deepEqual(
    [...faults].map(([fault, where]) => `${fault}\n  on ${where.join('; ')}`),
    [],
  )
}
