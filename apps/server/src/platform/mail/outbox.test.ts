import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'
import { JobRunner } from '../jobs.ts'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { createMailer } from './mailer.ts'
import { type MailDraft, mailJob, queueMail } from './outbox.ts'

type Received = { recipients: string[]; headers: string[]; text: string }

const received: Received[] = []
/** What the mail server says next instead of taking the mail. */
let refusals: { code: number; text: string }[] = []
let smtp: SMTPServer
let smtpUrl: string

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const refusal = refusals.shift()
        if (refusal) {
          done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
          return
        }
        const [head = '', ...body] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
        received.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          headers: head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n'),
          text: body.join('\r\n\r\n'),
        })
        done()
      })
    },
  })
  const listening = smtp.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  smtpUrl = `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(() => new Promise<void>((resolve) => smtp.close(() => resolve())))

beforeEach(() => {
  received.length = 0
  refusals = []
})

const draft = (more: Partial<MailDraft> = {}): MailDraft => ({
  idempotencyKey: 'greeting:1',
  to: 'maria@customer.example',
  subject: 'Your case',
  text: 'We found it.\n',
  ...more,
})

const queue = (world: World, mail: MailDraft) =>
  world.as({ type: 'system', job: 'test' }).transaction((tx) => queueMail(tx, mail))

const mailsOf = (world: World, columns = 'state') => world.rows(`SELECT ${columns} FROM mails ORDER BY created_at, id`)

const untilMails = (world: World, wanted: object[]) =>
  expect.poll(() => mailsOf(world), { timeout: 20_000, interval: 50 }).toEqual(wanted)

/** Other workers of the same queue, as a second process has them. */
function secondProcess(world: World) {
  const log = createLog('silent')
  const mailer = createMailer({ smtpUrl, from: () => world.config.mailFrom, dataDir: world.config.dataDir })
  const runner = new JobRunner({
    settings: () => world.prepared.app,
    log,
    newCtx: () => world.as({ type: 'system', job: 'mail' }),
  })
  return { runner, start: () => runner.start([mailJob({ mailer, log, metrics: createMetrics() })]) }
}

describe('with a mail server', () => {
  let world: World
  beforeEach(async () => {
    world = await createWorld({ config: { smtpUrl, mailFrom: 'Northlight <help@northlight.example>' } })
    return () => world.close()
  })

  test('a mail goes out once, says that it is automatic, and its text is not kept', async () => {
    await queue(world, draft())
    await untilMails(world, [{ state: 'sent' }])
    const [mail] = received
    expect(mail?.recipients).toEqual(['maria@customer.example'])
    expect(mail?.text).toContain('We found it.')
    expect(mail?.headers).toEqual(
      expect.arrayContaining([
        'From: Northlight <help@northlight.example>',
        'Auto-Submitted: auto-generated',
        'X-Auto-Response-Suppress: All',
        expect.stringMatching(/^Message-ID: <[0-9a-f-]{36}@northlight\.example>$/),
      ]),
    )
    expect(await mailsOf(world, 'body, attempts, last_error')).toEqual([{ body: '', attempts: 1, last_error: null }])
  })

  test('the same key is one mail, queued again at once, later, and with two processes at work', async () => {
    const second = secondProcess(world)
    await second.start()
    try {
      await Promise.all([queue(world, draft()), queue(world, draft()), queue(world, draft({ text: 'other words' }))])
      await untilMails(world, [{ state: 'sent' }])
      await queue(world, draft())
      await queue(world, draft({ idempotencyKey: 'greeting:2' }))
      await untilMails(world, [{ state: 'sent' }, { state: 'sent' }])
    } finally {
      await second.runner.stop()
    }
    expect(received).toHaveLength(2)
  })

  test('many mails and two processes: each mail arrives once', async () => {
    const second = secondProcess(world)
    await second.start()
    const keys = Array.from({ length: 12 }, (_, i) => `many:${i}`)
    try {
      for (const idempotencyKey of keys) await queue(world, draft({ idempotencyKey, subject: idempotencyKey }))
      await expect
        .poll(
          async () => {
            second.runner.wake()
            return (await world.rows(`SELECT id FROM mails WHERE state <> 'sent'`)).length
          },
          { timeout: 20_000, interval: 50 },
        )
        .toBe(0)
    } finally {
      await second.runner.stop()
    }
    const subjects = received.map(({ headers }) => headers.find((line) => line.startsWith('Subject: '))?.slice(9))
    expect(new Set(subjects)).toEqual(new Set(keys))
    expect(subjects).toHaveLength(keys.length)
  })

  test('a mail of a transaction that rolls back is never sent', async () => {
    const undone = world.as({ type: 'system', job: 'test' }).transaction(async (tx) => {
      await queueMail(tx, draft())
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    await queue(world, draft({ idempotencyKey: 'greeting:2' }))
    await untilMails(world, [{ state: 'sent' }])
    expect(received).toHaveLength(1)
  })

  test('a server that is busy is asked again, and the mail arrives once', async () => {
    refusals = [{ code: 451, text: 'try again later' }]
    await queue(world, draft())
    await expect
      .poll(() => mailsOf(world, 'state, last_error'), { timeout: 10_000, interval: 20 })
      .toEqual([{ state: 'queued', last_error: expect.stringContaining('try again later') }])
    await untilMails(world, [{ state: 'sent' }])
    expect(received).toHaveLength(1)
    expect(await mailsOf(world, 'attempts')).toEqual([{ attempts: 2 }])
  })

  test.each([
    ['a subject', { subject: 'Hello\r\nBcc: eve@evil.example\r\n\r\n<script>' }],
    ['a subject with other line ends', { subject: 'Hello\nBcc: eve@evil.example\u2028X-Other: 1' }],
  ])('line breaks in %s make no header of their own', async (_, more) => {
    await queue(world, draft(more))
    // Not only because the library that sends it folds them.
    const [queued] = await world.rows('SELECT subject FROM mails')
    expect(queued?.['subject']).not.toMatch(/[\r\n\u2028\u2029]/)
    await untilMails(world, [{ state: 'sent' }])
    const [mail] = received
    expect(mail?.recipients).not.toContain('eve@evil.example')
    expect(mail?.headers.filter((line) => /^(bcc|x-other|cc):/i.test(line))).toEqual([])
    expect(mail?.headers.filter((line) => /^(subject|to):/i.test(line))).toHaveLength(2)
    expect(mail?.text.trim()).toBe('We found it.')
  })
})

describe('what is not one address', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    return () => world.close()
  })

  test.each([
    'maria@customer.example\r\nBcc: eve@evil.example',
    'maria@customer.example, eve@evil.example',
    'Eve <eve@evil.example> maria@customer.example',
    'friends: maria@customer.example, eve@evil.example;',
    '"eve@evil.example"@customer.example',
    'nobody',
    '',
  ])('%j is refused, and nothing is queued', async (to) => {
    await expect(queue(world, draft({ to }))).rejects.toThrow('one address')
    expect(await mailsOf(world)).toEqual([])
  })
})

test('without a mail server a mail is kept as a file for the operator, and its text only there', async () => {
  const world = await createWorld()
  try {
    await queue(world, draft({ subject: 'Η υπόθεσή σας' }))
    await untilMails(world, [{ state: 'kept' }])
    const folder = join(world.config.dataDir, 'mail')
    const files = readdirSync(folder)
    expect(files).toHaveLength(1)
    const kept = readFileSync(join(folder, files[0] ?? ''), 'utf8')
    expect(kept).toMatch(/^To: maria@customer\.example$/m)
    expect(kept).toContain('We found it.')
    expect(await mailsOf(world, 'body')).toEqual([{ body: '' }])
    expect(received).toEqual([])
  } finally {
    await world.close()
  }
})
