import { expect, test } from 'vitest'
import { createTokens } from './tokens.ts'
import { faultsOf, type Ground } from './verify.ts'

const passages = new Map([
  [
    'upload-failures#size',
    'A file may be up to 20 MB. Larger files cannot be attached; share a link from help.northlight.example instead.',
  ],
  [
    'upload-failures#vpn',
    'A VPN, proxy or firewall may block uploads. Switch it off for a moment where that is allowed.',
  ],
  ['el', 'Ένα αρχείο μπορεί να είναι έως 20 MB. Τα μεγαλύτερα αρχεία δεν επισυνάπτονται.'],
])
const ground: Ground = {
  passages,
  said: 'My upload of 23 MB fails, the request was req_8f2k1LmQ, I am on a VPN',
  language: 'en',
  hosts: ['northlight.example'],
}
const say = (text: string, cites: string[] = ['upload-failures#size'], over: Partial<Ground> = {}) =>
  faultsOf({ text, cites }, { ...ground, ...over })

test.each([
  ['A file may be up to 20 MB, so your 23 MB file is larger than that.', ['upload-failures#size']],
  ['1. Switch the VPN off for a moment, where that is allowed.', ['upload-failures#vpn']],
  [
    'Larger files cannot be attached; share a link from https://help.northlight.example instead.',
    ['upload-failures#size'],
  ],
  ['I am sorry to hear that.', []],
  ['Which browser do you use?', []],
  ['Switch the VPN off for a moment, where that is allowed.', ['upload-failures#vpn']],
  ['Your request req_8f2k1LmQ was an upload of a file larger than 20 MB.', ['upload-failures#size']],
])('%j may be said', (text, cites) => {
  expect(say(text, cites)).toEqual([])
})

test.each([
  ['A file may be up to 20 MB.', [], 'no_source'],
  ['A file may be up to 20 MB.', ['made-up#1'], 'unknown_source'],
  ['A file may be up to 500 MB.', ['upload-failures#size'], 'number'],
  ['Larger files can be attached.', ['upload-failures#size'], 'contradicts'],
  [
    'Press the blue rocket icon under Laboratory to raise your quota overnight.',
    ['upload-failures#size'],
    'unsupported',
  ],
  ['Larger files: share a link from https://evil.example/x instead.', ['upload-failures#size'], 'link'],
  ['Larger files: share a link from files.attacker.com instead.', ['upload-failures#size'], 'link'],
  [
    'Larger files: share a link from https://help.northlight.example/refund-now instead.',
    ['upload-failures#size'],
    'link',
  ],
  ['Larger files: share a link from pay.zip instead.', ['upload-failures#size'], 'link'],
  ['Larger files may be attached within 3 days.', ['upload-failures#size'], 'number'],
  ['Larger files may be attached within three days.', ['upload-failures#size'], 'number'],
  ['My upload of the file fails on a VPN request.', ['upload-failures#size'], 'unsupported'],
  ['A file may be \u200bup to 20 MB.', ['upload-failures#size'], 'markup'],
  ['Larger files cannot be attached; write to boss@evil.example.', ['upload-failures#size'], 'address'],
  ['The file of req_ZZZZ9999 may be up to 20 MB.', ['upload-failures#size'], 'identifier'],
  ['A file may be up to 20 MB and you get a refund for larger files.', ['upload-failures#size'], 'promise'],
  ['Ένα αρχείο μπορεί να είναι έως 20 MB.', ['el'], 'language'],
  ['A file may be up to 20 MB ![x](https://collect.example/?q=1).', ['upload-failures#size'], 'markup'],
  ['', ['upload-failures#size'], 'empty'],
  [`A file ${'may be larger '.repeat(60)}`, ['upload-failures#size'], 'too_long'],
  ['The password is hunter2secret and a file may be up to 20 MB.', ['upload-failures#size'], 'secret'],
])('%j is refused', (text, cites, fault) => {
  expect(say(text, cites)).toContain(fault)
})

test('Greek promises and Greek answers are judged as English ones are', () => {
  const greek = { language: 'el' as const }
  expect(say('Ένα αρχείο μπορεί να είναι έως 20 MB.', ['el'], greek)).toEqual([])
  expect(say('Τα αρχεία έως 20 MB και θα σας γίνει επιστροφή χρημάτων.', ['el'], greek)).toContain('promise')
  expect(say('Τα μεγαλύτερα αρχεία επισυνάπτονται.', ['el'], greek)).toContain('contradicts')
  expect(say('A file may be up to 20 MB.', ['upload-failures#size'], greek)).toContain('language')
})

test('what is personal leaves as a token and comes back as it was', () => {
  const { hide, restore } = createTokens(['Ada Example'])
  const text = 'I am Ada Example, ada@firm.example, +30 210 123 4567, also ada@firm.example; ΑΦΜ 123456789, IP 10.1.2.3'
  const hidden = hide(text)
  expect(hidden).toBe('I am [name#1], [email#1], [phone#1], also [email#1]; ΑΦΜ [tax-id#1], IP [address#1]')
  expect(restore(hidden)).toBe(text)
  expect(restore('Write to [email#7]')).toBeUndefined()
})

test('names are hidden in any case, and their parts as names are written', () => {
  const { hide, restore } = createTokens(['Ada Example', 'Will Stone'])
  const text = 'ADA EXAMPLE and Ada spoke with Stone. The adaptor will do.'
  expect(hide(text)).toBe('[name#1] and [name#2] spoke with [name#3]. The adaptor will do.')
  expect(restore(hide(text))).toBe(text)
})

test('a token that the person types is not put in for somebody else', () => {
  const { hide, restore } = createTokens()
  hide('a@b.example')
  expect(restore(hide('say [email#1] please'))).toBe('say [email 1] please')
})

test('request ids and times are no telephone numbers', () => {
  const { hide } = createTokens()
  const text = 'req_1234567890 at 2026-11-24 08:00 and 25,000,000 bytes in 2026'
  expect(hide(text)).toBe(text)
})
