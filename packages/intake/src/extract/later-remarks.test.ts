import { describe, expect, test } from 'vitest'
import { extractFacts } from '../extract.ts'
import { currentValues, type Fact, type FactValues, standingFacts } from '../facts.ts'

/** A Saturday, 16:00 in Athens. */
const now = new Date('2026-11-28T14:00:00Z')
const zone = 'Europe/Athens'

function read(text: string, known: readonly Fact[] = []): Fact[] {
  const locale = /\p{Script=Greek}/u.test(text) ? 'el' : 'en'
  return extractFacts(text, { locale, now, zone, known })
}

const momentsIn = (text: string): unknown[] => read(text).filter(({ field }) => field === 'timestamps')

/** Of the parts of an environment only those that a message names. */
const environmentIn = (text: string, known: readonly Fact[] = []): FactValues['environment'] | undefined =>
  currentValues(read(text, known)).environment

/** What holds after several messages, a minute apart. */
function after(...messages: string[]): readonly Fact[] {
  return messages.reduce<readonly Fact[]>((facts, text, index) => {
    const at = new Date(now.getTime() + index * 60_000).toISOString()
    return [...facts, ...read(text, facts).map((fact) => ({ ...fact, at }))]
  }, [])
}

describe('a deadline is no time of the failure', () => {
  test.each([
    'I would rather talk to a person, we need this before noon',
    'by noon we need it',
    'We need an answer, by 11:00',
    'I must have it by 11:00',
    'Can you fix it until 11:00 today?',
    'Please answer before 11:00',
    'we will need it by Tuesday 10:00',
    "I'll try again at 11:00",
    'We need it before Friday, 20 November at 10:00',
    'we need it before Friday',
    'το χρειαζόμαστε πριν τις 12:00',
    'πρέπει να το έχω μέχρι τις 11 το πρωί',
    'το θέλω ως τις 11:00',
    'θα το χρειαστούμε έως την Παρασκευή στις 10:00',
    'Θα ξαναδοκιμάσω στις 11:00',
    'το θέλουμε πριν την Παρασκευή',
    'xreiazomai apantisi mexri tis 11:00',
  ])('%s', (text) => {
    expect(momentsIn(text)).toEqual([])
  })

  test.each([
    ['I want to know why it failed before noon', 'noon'],
    ['It stopped before noon', 'noon'],
    ['It worked until 9:05', '9:05'],
    ['it will not upload since 9:05', '9:05'],
    ['Since 9:05 uploads fail, I need a fix by noon', '9:05'],
    ['It failed today at 9:05 UTC and we need it by Friday', 'today at 9:05 UTC'],
    ['Έπεσε πριν τις 12:00', '12:00'],
    ['θα ήταν στις 9:05 το πρωί', '9:05 το πρωί'],
    ['Έπεσε στις 9:05 και το θέλω μέχρι τις 12:00', '9:05'],
  ])('but the failure itself is read: %s', (text, said) => {
    expect(momentsIn(text)).toMatchObject([{ value: { said, utc: expect.any(String) } }])
  })

  test('so what was told before goes on standing', () => {
    const facts = after('it happened at 9:05 UTC', 'I would rather talk to a person, we need this before noon')
    expect(currentValues(facts).timestamps?.utc).toBe('2026-11-28T09:05:00.000Z')
    expect(standingFacts(facts).filter(({ field }) => field === 'timestamps')).toHaveLength(1)
  })
})

describe('what works elsewhere is no environment of the failure', () => {
  test.each([
    'With the hotspot of my phone it went up',
    'With the hotspot of my phone, it went up.',
    'It went up with the hotspot of my phone',
    'Over mobile data there is no problem',
    'On 4G the error went away',
    'From my phone everything uploaded',
    'I tried from my phone and it went up',
    'I switched to Firefox and it works',
    'Με το κινητό ανέβηκε.',
    'Με το κινητό, ανέβηκε κανονικά',
    'Ανέβηκε με το κινητό',
    'Με τα δεδομένα του κινητού μου ανέβηκε',
    'me to kinito anevike',
  ])('%s', (text) => {
    expect(environmentIn(text)).toBeUndefined()
  })

  test.each<[string, FactValues['environment']]>([
    ['With the hotspot of my phone it fails too', { device: 'phone', network: 'mobile' }],
    ["With my phone's hotspot it does not go up", { network: 'mobile' }],
    ['In Chrome it went up to 50% and stopped', { browser: 'Chrome' }],
    ['In Chrome it worked until yesterday', { browser: 'Chrome' }],
    ['It worked in Chrome until yesterday', { browser: 'Chrome' }],
    ['In Chrome I log in and it works but the upload fails', { browser: 'Chrome' }],
    ['Με Chrome ανέβηκε μέχρι το 50% και κόλλησε', { browser: 'Chrome' }],
    ['Without the VPN it went up', { vpn: true }],
  ])('but where it fails is: %s', (text, environment) => {
    expect(environmentIn(text)).toEqual(environment)
  })

  test.each([
    ['With the hotspot of my phone it went up'],
    ['Με το κινητό ανέβηκε.'],
    ['On another laptop with Firefox it is the same'],
    ['Από άλλο κινητό το ίδιο'],
  ])('so what was told before goes on standing: %s', (remark) => {
    const first = 'Upload fails: Chrome 147 on Windows 11, office network'
    expect(currentValues(after(first, remark)).environment).toEqual(currentValues(after(first)).environment)
    expect(currentValues(after(first)).environment).toMatchObject({ browser: 'Chrome', network: 'corporate' })
  })

  test('a correction takes the place of what was told, whatever its words', () => {
    const facts = after('Upload fails in Chrome on my laptop', 'No, I meant on my other phone')
    expect(currentValues(facts).environment).toMatchObject({ device: 'phone' })
  })
})
