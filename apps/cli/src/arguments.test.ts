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

  test('a clean copy lies beside the recording unless it is told where', () => {
    const beside = { command: 'sanitise', file: 'a/b.HAR', out: 'a/b.clean.har', report: false }
    expect(readArguments(['har', 'sanitize', 'a/b.HAR'])).toEqual(beside)
    const told = { command: 'sanitise', file: 'x.json', out: '-', report: true }
    expect(readArguments(['har', 'sanitise', '--report', 'x.json', '-o', '-'])).toEqual(told)
  })

  test('analysing takes a file and nothing else, in either spelling', () => {
    expect(readArguments(['har', 'analyze', 'x.har'])).toEqual({ command: 'analyse', file: 'x.har' })
    expect(readArguments(['har', 'analyse', 'x.har', '-o', 'y'])).toMatchObject({ reason: 'har_usage' })
  })

  test.each([
    [['har']],
    [['har', 'sanitize']],
    [['har', 'sanitize', 'a.har', 'b.har']],
    [['har', 'sanitize', 'a.har', '--out']],
    [['har', 'sanitize', 'a.har', '--force']],
    [['har', 'burn', 'a.har']],
  ])('%j is answered with how to use it', (argv) => {
    expect(readArguments(argv)).toMatchObject({ command: 'wrong', reason: 'har_usage' })
  })

  test('an unknown command is named, also one that every object has', () => {
    expect(readArguments(['srve'])).toEqual({ command: 'wrong', reason: 'unknown_command', given: 'srve' })
    expect(readArguments(['constructor'])).toMatchObject({ reason: 'unknown_command' })
  })
})
