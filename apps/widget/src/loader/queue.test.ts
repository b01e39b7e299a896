import { describe, expect, test, vi } from 'vitest'
import { type ClewFunction, createGlobal, takeQueued } from './queue.ts'

describe('calls made before the bubble is there', () => {
  test('are kept in order by a function stub', () => {
    const stub: ClewFunction = (...call) => {
      stub.q = [...(stub.q ?? []), call]
    }
    stub('boot', { locale: 'el' })
    stub('show')
    expect(takeQueued(stub)).toEqual([['boot', { locale: 'el' }], ['show']])
  })

  test('are kept in order by an array stub', () => {
    expect(takeQueued([['boot'], ['showArticle', 'upload-failures']])).toEqual([
      ['boot'],
      ['showArticle', 'upload-failures'],
    ])
  })

  test('that are no calls are passed over', () => {
    expect(takeQueued(['boot', null, 7, [], [{}], ['hide']])).toEqual([['hide']])
    expect(takeQueued(undefined)).toEqual([])
    expect(takeQueued('boot')).toEqual([])
    expect(takeQueued(() => {})).toEqual([])
  })

  test('and calls made later reach the same place, by call and by push', () => {
    const run = vi.fn((call: readonly unknown[]) => call.length)
    const clew = createGlobal(run)
    expect(clew('on', 'ready', 1)).toBe(3)
    clew.push?.(['show'])
    clew.push?.('nonsense' as never)
    expect(run.mock.calls).toEqual([[['on', 'ready', 1]], [['show']]])
  })
})
