import { expect, test } from 'vitest'
import { historyOf } from './history.ts'

test('a line each, by whoever is named', () => {
  expect(historyOf('hello\n\nAssistant: What is it?\n agent:  I am here\nerror: 413')).toEqual([
    { from: 'contact', text: 'hello' },
    { from: 'assistant', text: 'What is it?' },
    { from: 'agent', text: 'I am here' },
    { from: 'contact', text: 'error: 413' },
  ])
  expect(historyOf(' \n')).toEqual([])
})
