import { describe, expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

describe('what is typed after clew', () => {
  test.each([
    { argv: [], command: 'help' },
    { argv: ['--help'], command: 'help' },
    { argv: ['-v'], command: 'version' },
  ])('$argv means $command', ({ argv, command }) => {
    expect(readArguments(argv)).toEqual({ command })
  })

  test('a command of the server is passed on with all that follows it', () => {
    const argv = ['setup', '--owner-email', 'a@b.example', '--password-stdin']
    expect(readArguments(argv)).toEqual({ command: 'server', argv })
  })

  test('what follows har is for har to understand, and help har is its help', () => {
    expect(readArguments(['har', 'view', 'x.har'])).toEqual({ command: 'har', argv: ['view', 'x.har'] })
    expect(readArguments(['help', 'har'])).toEqual({ command: 'har', argv: ['--help'] })
  })

  test('an unknown command is named, also one that every object has', () => {
    expect(readArguments(['srve'])).toEqual({ command: 'wrong', given: 'srve' })
    expect(readArguments(['constructor'])).toMatchObject({ command: 'wrong' })
  })
})
