import { expect, test } from 'vitest'
import type { CleanCapture, FromWorker, Operator, ToWorker } from './messages.ts'
import { Session, type WorkerLike } from './session.ts'

/** Workers that do nothing until the test speaks for them. */
const operator = {
  sanitising: { policy: 'standard', keepBodiesOf: ['api.example', 'files.example'], rules: [] },
  maxCaptureBytes: 1e9,
} satisfies Operator

function stage(by: Operator = operator) {
  const workers: FakeWorker[] = []
  const session = new Session(() => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker as unknown as WorkerLike
  }, by)
  const steps = () => session.get().jobs.map(({ file, work }) => `${file.name} ${work.step}`)
  return { session, workers, steps }
}

class FakeWorker extends EventTarget {
  readonly heard: ToWorker[] = []
  isOver = false
  postMessage(message: ToWorker): void {
    this.heard.push(message)
  }
  terminate(): void {
    this.isOver = true
  }
  say(data: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

const har = (name: string) => new File(['{}'], name)
const done = { type: 'done', result: { spans: [] } as unknown as CleanCapture } as const

test('files are cleaned one after another, and the first is shown', () => {
  const { session, workers, steps } = stage()
  session.add([har('a.har'), har('b.har')])
  expect(steps()).toEqual(['a.har working', 'b.har waiting'])
  workers[0]?.say(done)
  expect(steps()).toEqual(['a.har done', 'b.har working'])
  expect(workers[0]?.isOver).toBe(true)
  expect(session.get().shown).toBe(session.get().jobs[0]?.id)
})

test('what a cancelled worker still says is not heard, and the next file begins', () => {
  const { session, workers, steps } = stage()
  session.add([har('a.har'), har('b.har')])
  session.cancel(session.get().jobs[0]?.id ?? 0)
  workers[0]?.say(done)
  expect(steps()).toEqual(['a.har cancelled', 'b.har working'])
})

test('another choice cleans the shown file again, and files to come', () => {
  const { session, workers, steps } = stage()
  session.add([har('a.har')])
  workers[0]?.say(done)
  session.choose({ policy: 'strict', keepBodiesOf: ['api.example'] })
  expect(steps()).toEqual(['a.har working'])
  expect(workers[1]?.heard[0]).toMatchObject({ choice: { policy: 'strict', keepBodiesOf: ['api.example'] } })
})

test('what the operator has set is where the reader begins, and no choice is laxer', () => {
  const rules = [{ match: { name: 'x-tenant' }, action: 'remove' as const }]
  const { session, workers } = stage({
    ...operator,
    sanitising: { policy: 'strict', keepBodiesOf: ['api.example'], rules },
  })
  expect(session.get().choice).toEqual({ policy: 'strict', keepBodiesOf: ['api.example'] })
  session.choose({ policy: 'standard', keepBodiesOf: ['api.example', 'other.example'] })
  expect(session.get().choice).toEqual({ policy: 'strict', keepBodiesOf: ['api.example'] })
  session.choose({ policy: 'standard', keepBodiesOf: [] })
  session.add([har('a.har')])
  expect(workers[0]?.heard[0]).toMatchObject({ choice: { policy: 'strict', keepBodiesOf: [] }, rules })
})

test('a reader may be stricter than the operator', () => {
  const { session } = stage()
  session.choose({ policy: 'strict', keepBodiesOf: ['files.example'] })
  expect(session.get().choice).toEqual({ policy: 'strict', keepBodiesOf: ['files.example'] })
})

test('another choice while a file is being cleaned does not leave two workers on it', () => {
  const { session, workers, steps } = stage()
  session.add([har('a.har')])
  session.choose({ policy: 'strict', keepBodiesOf: [] })
  expect(workers.map(({ isOver }) => isOver)).toEqual([true, false])
  expect(steps()).toEqual(['a.har working'])
})

test.each([
  ['could not be loaded', false, 'worker'],
  ['broke down at work', true, 'memory'],
])('a worker that %s is told apart', (_, hasSpoken, code) => {
  const { session, workers } = stage()
  session.add([har('a.har')])
  if (hasSpoken)
    workers[0]?.say({
      type: 'progress',
      progress: { stage: 'check', bytesDone: 1, bytesTotal: 2, entriesDone: 0, removed: 0, share: 0 },
    })
  workers[0]?.dispatchEvent(new Event('error'))
  expect(session.get().jobs[0]?.work).toMatchObject({ step: 'failed', code })
})

test('starting over ends the work and keeps nothing', () => {
  const { session, workers } = stage()
  session.add([har('a.har'), har('b.har')])
  session.startOver()
  expect(workers[0]?.isOver).toBe(true)
  expect(session.get().jobs).toEqual([])
  session.add([har('c.har')])
  expect(session.get().jobs.map(({ work }) => work.step)).toEqual(['working'])
})

test('a forgotten file makes way for the one before it', () => {
  const { session, workers } = stage()
  session.add([har('a.har')])
  workers[0]?.say(done)
  session.add([har('b.har')])
  workers[1]?.say(done)
  session.forget(session.get().shown ?? 0)
  expect(session.get().jobs.find(({ id }) => id === session.get().shown)?.file.name).toBe('a.har')
})

test('details are read from the entry alone, and asking for one that cannot be found needs no worker', async () => {
  const { session, workers } = stage()
  const clean = new Blob(['0123456789'])
  const result = { clean, spans: [{ start: 2, end: 5 }, undefined] } as unknown as CleanCapture
  const asked = session.readDetails(result, 0)
  const [message] = workers[0]?.heard ?? []
  if (message?.type !== 'details') throw new Error('nothing was asked')
  expect(await message.entry.text()).toBe('234')
  workers[0]?.say({ type: 'details', id: message.id, details: undefined })
  expect(await asked).toBeUndefined()
  expect(await session.readDetails(result, 1)).toBeUndefined()
  expect(workers).toHaveLength(1)
})
