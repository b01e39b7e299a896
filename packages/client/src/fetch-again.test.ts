import { expect, test, vi } from 'vitest'
import { fetchAgain } from './fetch-again.ts'

const lost = new TypeError('Failed to fetch dynamically imported module: https://help.example/widget/part-A1.js')

test('what was lost on the way is asked for at another address each time', async () => {
  const load = () => Promise.reject(lost)
  const from = vi.fn(async (_address: string): Promise<string> => Promise.reject(lost))
  await expect(fetchAgain(load, from)).rejects.toBe(lost)
  from.mockResolvedValueOnce('there')
  expect(await fetchAgain(load, from)).toBe('there')
  const asked = from.mock.calls.map(([address]) => new URL(address))
  expect(new Set(asked.map(({ pathname }) => pathname))).toEqual(new Set(['/widget/part-A1.js']))
  expect(new Set(asked.map(({ search }) => search)).size).toBe(2)
})

test('what arrives is asked for once, and a fault without an address is told', async () => {
  const from = vi.fn()
  expect(await fetchAgain(async () => 'there', from)).toBe('there')
  await expect(fetchAgain(() => Promise.reject(new Error('its own fault')), from)).rejects.toThrow('its own fault')
  expect(from).not.toHaveBeenCalled()
})
