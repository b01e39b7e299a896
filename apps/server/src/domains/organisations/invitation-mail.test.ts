import { expect, test } from 'vitest'
import { invitationMail } from './invitation-mail.ts'

const letter = { brand: 'Kyma', organisation: 'Αστραία', link: 'https://help.kyma.example/app/join#token=x', days: 7 }

test('an organisation that was opened from the command line does not invite to itself', () => {
  for (const locale of ['en', 'el'] as const) {
    const { subject, text } = invitationMail(locale, { ...letter, kind: 'customer', inviter: undefined })
    expect(`${subject}\n${text.split('\n\n')[1]}`.match(/Αστραία/g)).toHaveLength(2)
    expect(text).toContain(letter.link)
  }
})

test('who invites is named', () => {
  expect(invitationMail('en', { ...letter, kind: 'customer', inviter: 'Ada' }).subject).toBe(
    'Ada invites you to Αστραία',
  )
})
