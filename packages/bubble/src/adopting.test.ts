import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Clew } from './calls.ts'
import { adoptChatwoot } from './chatwoot.ts'
import { adoptCrisp } from './crisp.ts'
import { adoptIntercom } from './intercom.ts'

type Page = {
  Intercom?: ((...call: unknown[]) => unknown) & { q?: unknown }
  intercomSettings?: object
  $crisp?: { push(call: unknown[]): void; is?(name: string): boolean } | unknown[]
  $chatwoot?: Record<string, (...args: unknown[]) => void>
  chatwootSDK?: { run(options: object): void }
  chatwootSettings?: object
}
const page = globalThis as Page

/** A bubble that writes down what it is called with, and can tell its listeners. */
function recording() {
  const calls: unknown[][] = []
  const listeners = new Map<string, Set<(detail: unknown) => void>>()
  const clew = ((verb: string, ...args: unknown[]) => {
    if (verb !== 'on') return void calls.push([verb, ...args])
    const [event, listener] = args as [string, (detail: unknown) => void]
    const all = listeners.get(event) ?? new Set()
    listeners.set(event, all.add(listener))
    return () => void all.delete(listener)
  }) as Clew
  const tell = (event: string, detail?: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(detail)
  }
  return { calls, clew, tell }
}

let said: string[]
let events: EventTarget
beforeEach(() => {
  said = []
  events = new EventTarget()
  vi.stubGlobal('dispatchEvent', (event: Event) => events.dispatchEvent(event))
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void said.push(text))
})
afterEach(() => {
  for (const name of ['Intercom', 'intercomSettings', '$crisp', '$chatwoot', 'chatwootSDK', 'chatwootSettings'])
    delete (page as Record<string, unknown>)[name]
})

describe('calls of Intercom', () => {
  test('made before and after reach the bubble in order', () => {
    const { calls, clew } = recording()
    page.intercomSettings = { app_id: 'x', name: 'Ann', alignment: 'left', action_color: '#0f5c4d' }
    page.Intercom = Object.assign(() => undefined, {
      q: [
        ['boot', { email: 'ann@customer.example', user_hash: 'abc', language_override: 'el-GR' }],
        ['showNewMessage', 'hello'],
      ],
    })
    adoptIntercom(clew)
    page.Intercom('update', { name: 'Anna' })
    page.Intercom('showArticle', 4711)
    page.Intercom('trackEvent', 'paid', { plan: 'team' })
    page.Intercom('hide')
    page.Intercom('shutdown')
    expect(calls).toEqual([
      ['boot', { name: 'Ann', email: 'ann@customer.example', locale: 'el', side: 'left', accent: '#0f5c4d' }],
      ['showNewMessage', 'hello'],
      ['update', { name: 'Anna' }],
      ['showArticle', '4711'],
      ['trackEvent', 'paid', { plan: 'team' }],
      ['hide'],
      ['shutdown'],
    ])
  })

  test('that listen are told, and what there is not is said once', () => {
    const { calls, clew, tell } = recording()
    const told: unknown[] = []
    adoptIntercom(clew)
    page.Intercom?.('onUnreadCountChange', (count: number) => told.push(count))
    page.Intercom?.('onShow', () => told.push('shown'))
    tell('unread', 3)
    tell('show')
    page.Intercom?.('startTour', 1)
    page.Intercom?.('startTour', 2)
    page.Intercom?.('toString')
    expect(told).toEqual([3, 'shown'])
    expect(calls).toEqual([])
    expect(said).toEqual([
      "Clew: nothing here is like Intercom’s 'startTour'",
      "Clew: nothing here is like Intercom’s 'toString'",
    ])
  })
})

describe('what is pushed to $crisp', () => {
  test('before and after reaches the bubble in order', () => {
    const { calls, clew, tell } = recording()
    page.$crisp = [
      ['set', 'user:email', ['ann@customer.example']],
      ['set', 'user:nickname', 'Ann'],
      ['do', 'chat:open'],
    ]
    adoptCrisp(clew)
    const crisp = page.$crisp as unknown as { push(call: unknown[]): void; is(name: string): boolean }
    tell('show')
    expect([crisp.is('chat:opened'), crisp.is('chat:closed')]).toEqual([true, false])
    crisp.push(['do', 'chat:toggle'])
    crisp.push(['do', 'message:send', ['text', 'hello']])
    crisp.push(['do', 'helpdesk:article:open', ['en', 'uploads', 'Uploads']])
    crisp.push(['set', 'session:event', [[['paid', { plan: 'team' }, 'blue']]]])
    crisp.push(['do', 'session:reset'])
    crisp.push(['do', 'overlay:open'])
    expect(calls).toEqual([
      ['update', { email: 'ann@customer.example' }],
      ['update', { name: 'Ann' }],
      ['show'],
      ['hide'],
      ['showNewMessage', 'hello'],
      ['showArticle', 'uploads'],
      ['trackEvent', 'paid', { plan: 'team' }],
      ['shutdown'],
    ])
    expect(said).toEqual(['Clew: nothing here is like Crisp’s “do overlay:open”'])
  })

  test('listeners are told until they are taken away', () => {
    const { clew, tell } = recording()
    adoptCrisp(clew)
    const crisp = page.$crisp as { push(call: unknown[]): void }
    const told: string[] = []
    crisp.push(['on', 'chat:opened', () => told.push('opened')])
    crisp.push(['on', 'session:loaded', () => told.push('loaded')])
    tell('ready')
    tell('show')
    crisp.push(['off', 'chat:opened'])
    tell('show')
    expect(told).toEqual(['loaded', 'opened'])
  })
})

describe('$chatwoot', () => {
  test('does the same here, at once', () => {
    const { calls, clew, tell } = recording()
    page.chatwootSettings = { locale: 'el', position: 'left', darkMode: 'auto' }
    adoptChatwoot(clew)
    page.chatwootSDK?.run({ websiteToken: 'x', baseUrl: 'https://chat.example' })
    const { $chatwoot = {} } = page
    $chatwoot['setUser']?.('7', { email: 'ann@customer.example', name: 'Ann', identifier_hash: 'abc' })
    $chatwoot['toggle']?.()
    tell('show')
    $chatwoot['toggle']?.()
    $chatwoot['toggle']?.('open')
    $chatwoot['setLocale']?.('en')
    $chatwoot['reset']?.()
    $chatwoot['setLabel']?.('vip')
    expect(calls).toEqual([
      ['boot', { locale: 'el', side: 'left', theme: 'auto' }],
      ['update', { name: 'Ann', email: 'ann@customer.example' }],
      ['show'],
      ['hide'],
      ['show'],
      ['update', { locale: 'en' }],
      ['shutdown'],
    ])
    expect(said).toEqual(['Clew: nothing here is like Chatwoot’s $chatwoot.setLabel'])
  })

  test('says on the window that it is ready, opened and closed', () => {
    const told: string[] = []
    for (const name of ['ready', 'opened', 'closed']) events.addEventListener(`chatwoot:${name}`, () => told.push(name))
    const { clew, tell } = recording()
    adoptChatwoot(clew)
    for (const event of ['ready', 'show', 'hide']) tell(event)
    expect(told).toEqual(['ready', 'opened', 'closed'])
  })
})
