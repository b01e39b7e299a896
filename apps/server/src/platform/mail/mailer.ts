import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'

export type OutgoingMail = { id: string; to: string; subject: string; text: string; date: Date }

/** Sends one mail, or keeps it where the operator finds it. */
export type Mailer = { deliver(mail: OutgoingMail): Promise<'sent' | 'kept'> }

type Options = { smtpUrl: string | undefined; from: string; dataDir: string }

/**
 * With a mail server, mails are sent; without one they are written to `<data>/mail/` as files that every mail program
 * opens. The Message-ID comes from our id, so a mail that was sent twice by a crash is one to the reader's mail box.
 */
export function createMailer({ smtpUrl, from, dataDir }: Options): Mailer {
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  const message = (mail: OutgoingMail) => ({
    from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    date: mail.date,
    messageId: `<${mail.id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  if (smtpUrl !== undefined) {
    const transport = createTransport({
      url: smtpUrl,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
    })
    return {
      deliver: async (mail) => {
        await transport.sendMail(message(mail))
        return 'sent'
      },
    }
  }
  const keeper = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  const folder = join(dataDir, 'mail')
  return {
    deliver: async (mail) => {
      const built = await keeper.sendMail(message(mail))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(join(folder, `${mail.id}.eml`), built.message as Buffer, { mode: 0o600 })
      return 'kept'
    },
  }
}
