import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type OutgoingMail = {
  id: string
  to: string
  subject: string
  text: string
  date: Date
  unsubscribeUrl?: string | undefined
}

/** Sends one mail, or keeps it where the operator finds it. */
export type Mailer = { deliver(mail: OutgoingMail): Promise<'sent' | 'kept'> }

type Options = {
  smtpUrl: string | undefined
  /** Asked for each mail: it may change while we run. */
  from: () => string
  dataDir: string
}

/**
 * With a mail server, mails are sent; without one they are written to `<data>/mail/` as files that every mail program
 * opens. The Message-ID comes from our id, so a mail that was sent twice by a crash is one to the reader's mail box.
 */
export function createMailer({ smtpUrl, from, dataDir }: Options): Mailer {
  const message = (mail: OutgoingMail) => ({
    from: from(),
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    date: mail.date,
    messageId: `<${mail.id}@${/@([^>\s]+)/.exec(from())?.[1] ?? 'localhost'}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...leaving(mail) },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  if (smtpUrl !== undefined) {
    const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
    const transport = once(async () => (await library()).createTransport({ url: smtpUrl, ...timeouts }))
    return {
      deliver: async (mail) => {
        await (await transport()).sendMail(message(mail))
        return 'sent'
      },
    }
  }
  const keeper = once(async () => {
    const { createTransport } = await library()
    return createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  })
  const folder = join(dataDir, 'mail')
  return {
    deliver: async (mail) => {
      const built = await (await keeper()).sendMail(message(mail))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(join(folder, `${mail.id}.eml`), built.message as Buffer, { mode: 0o600 })
      return 'kept'
    },
  }
}

/** The start does not wait for what the first mail needs. */
const library = () => import('nodemailer')

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** One click in the mail program, without a page in between (RFC 8058). */
const leaving = ({ unsubscribeUrl }: OutgoingMail): Record<string, string> =>
  unsubscribeUrl === undefined
    ? {}
    : { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
