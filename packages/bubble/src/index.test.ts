import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { loadClew } from './index.ts'

type Script = EventTarget & { src: string; nonce?: string; integrity?: string; async?: boolean; dataset: object }
type Page = { Clew?: ((...call: unknown[]) => unknown) & { q?: unknown[][] } }
const page = globalThis as Page

let scripts: Script[]
beforeEach(() => {
  scripts = []
  vi.stubGlobal('CSS', { escape: (text: string) => text })
  vi.stubGlobal('document', {
    createElement: () =>
      Object.assign(new EventTarget(), {
        src: '',
        dataset: {},
        remove(this: Script) {
          scripts.splice(scripts.indexOf(this), 1)
        },
      }),
    querySelector: (selector: string) => scripts.find(({ src }) => selector === `script[src="${src}"]`) ?? null,
    head: { append: (script: Script) => scripts.push(script) },
  })
})
afterEach(() => {
  delete page.Clew
})

const queued = () => page.Clew?.q?.map((call) => call.filter((part) => typeof part !== 'function'))

describe('the bubble as a package', () => {
  test('adds the script of that Clew once, and keeps what is called before it is there, in order', () => {
    const clew = loadClew('https://help.example', { boot: { locale: 'el' }, nonce: 'n1', integrity: 'sha384-x' })
    clew('showNewMessage', 'hello')
    clew('on', 'unread', () => undefined)
    loadClew('https://help.example/', { boot: 'manual' })
    expect(scripts).toHaveLength(1)
    expect(scripts[0]).toMatchObject({
      src: 'https://help.example/clew.js',
      async: true,
      nonce: 'n1',
      integrity: 'sha384-x',
      crossOrigin: 'anonymous',
      dataset: { boot: 'manual' },
    })
    expect(queued()).toEqual([
      ['boot', { locale: 'el' }],
      ['showNewMessage', 'hello'],
      ['on', 'unread'],
    ])
  })

  test('speaks to the bubble itself once it is there, and leaves a stub of the page as it is', () => {
    const stub = Object.assign(() => undefined, { q: [['show']] })
    page.Clew = stub
    const clew = loadClew('https://help.example/support')
    expect(scripts[0]?.src).toBe('https://help.example/support/clew.js')
    expect(page.Clew).toBe(stub)
    const run = vi.fn()
    page.Clew = run
    clew('startFlow', 'upload-failure')
    expect(run.mock.calls).toEqual([['startFlow', 'upload-failure']])
  })

  test('a listener that was stopped before the script came is told nothing', () => {
    const clew = loadClew('https://help.example')
    const told: number[] = []
    const stop = clew('on', 'unread', (count) => told.push(count))
    const listener = page.Clew?.q?.at(-1)?.[2] as (count: number) => void
    listener(1)
    stop()
    listener(2)
    expect(told).toEqual([1])
  })

  test('stops at the bubble what was listened to there', () => {
    const clew = loadClew('https://help.example')
    const stop = vi.fn()
    page.Clew = () => stop
    clew('on', 'show', () => undefined)()
    expect(stop).toHaveBeenCalledTimes(1)
  })

  test('says that the script could not be loaded, and tries again when it is asked again', () => {
    const said = vi.spyOn(console, 'warn').mockReturnValue()
    loadClew('https://help.example')
    scripts[0]?.dispatchEvent(new Event('error'))
    expect(said).toHaveBeenCalledWith('Clew: https://help.example/clew.js could not be loaded')
    expect(scripts).toHaveLength(0)
    loadClew('https://help.example')
    expect(scripts).toHaveLength(1)
  })

  test('under trusted types the address goes through a policy of its own', () => {
    const createPolicy = vi.fn((_name: string, rules: { createScriptURL(address: string): string }) => ({
      createScriptURL: (address: string) => `trusted ${rules.createScriptURL(address)}`,
    }))
    vi.stubGlobal('trustedTypes', { createPolicy })
    loadClew('https://help.example')
    loadClew('https://other.example')
    expect(scripts.map(({ src }) => src)).toEqual([
      'trusted https://help.example/clew.js',
      'trusted https://other.example/clew.js',
    ])
    expect(createPolicy).toHaveBeenCalledTimes(1)
  })

  test('where there is no page, as on a server, calls do nothing', () => {
    vi.stubGlobal('document', undefined)
    const clew = loadClew('https://help.example')
    clew('show')
    clew('on', 'ready', () => undefined)()
    expect(page.Clew).toBeUndefined()
  })

  test('what is called wrongly does not compile', () => {
    const clew = loadClew('https://help.example')
    const wrong = () => {
      // @ts-expect-error: there is no such verb
      clew('open')
      // @ts-expect-error: a flow has an id
      clew('startFlow')
      // @ts-expect-error: nor such a language
      clew('update', { locale: 'fr' })
      // @ts-expect-error: nor such an event
      clew('on', 'closed', () => undefined)
      // @ts-expect-error: unread is a number
      clew('on', 'unread', (count: string) => count)
    }
    expect(wrong).toBeTypeOf('function')
  })
})
