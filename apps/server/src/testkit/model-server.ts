import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

type Usage = { prompt_tokens: number; completion_tokens: number; total_tokens: number }

/** What the scripted model does with one request. */
export type ModelAct =
  | { say: object | string; usage?: Usage; pieceMs?: number; pieceLength?: number; cutAfter?: number; finish?: string }
  | { call: readonly { name: string; input: object | string }[]; usage?: Usage }
  | { status: number; body?: string }
  | { raw: string; status?: number }
  | { silent: true }

export type AskedModel = {
  body: {
    model: string
    stream?: boolean
    store?: boolean
    max_tokens?: number
    messages: { role: string; content: unknown; tool_calls?: object[] }[]
    tools?: { function: { name: string } }[]
    tool_choice?: string
    response_format?: { type: string }
  }
  text: string
  authorization: string | undefined
}

export type ModelScript = (asked: AskedModel, count: number) => ModelAct

/** A model on this machine that speaks as OpenAI's do, and does what a test tells it to. */
export async function startModelServer(script: ModelScript) {
  const asked: AskedModel[] = []
  const state = { script }
  const server = createServer((request, response) => {
    void answer(request, response, { asked, state }).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** Every request, in order. */
    asked,
    play(next: ModelScript): void {
      state.script = next
      asked.length = 0
    },
    /** Breaks off every answer that is not whole. */
    hangUp: () => server.closeAllConnections(),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Stage = { asked: AskedModel[]; state: { script: ModelScript } }

async function answer(request: IncomingMessage, response: ServerResponse, { asked, state }: Stage): Promise<void> {
  let text = ''
  for await (const piece of request.setEncoding('utf8')) text += piece
  const one = { body: JSON.parse(text), text, authorization: request.headers.authorization } as AskedModel
  asked.push(one)
  const act = state.script(one, asked.length)
  if ('silent' in act) return
  if ('raw' in act)
    return void response.writeHead(act.status ?? 200, { 'content-type': 'text/event-stream' }).end(act.raw)
  if ('status' in act) return void response.writeHead(act.status).end(act.body ?? '{}')
  if (one.body.stream !== true) return whole(response, act)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if ('call' in act) return streamCalls(response, act)
  await streamWords(response, act)
}

const usageOf = (act: { usage?: Usage }): Usage =>
  act.usage ?? { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 }

const wordsOf = (say: object | string): string => (typeof say === 'string' ? say : JSON.stringify(say))

function whole(response: ServerResponse, act: ModelAct): void {
  const content = 'say' in act ? wordsOf(act.say) : ''
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      id: 'c',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
      usage: usageOf(act as { usage?: Usage }),
    }),
  )
}

const frame = (delta: object, more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: null, ...more }] })}\n\n`

function end(response: ServerResponse, finish: string, usage: Usage): void {
  response.write(frame({}, { finish_reason: finish }))
  response.write(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [], usage })}\n\n`)
  response.end('data: [DONE]\n\n')
}

function streamCalls(response: ServerResponse, act: Extract<ModelAct, { call: unknown }>): void {
  const calls = act.call.map(({ name, input }, index) => ({
    index,
    id: `call_${index}_${name}`,
    type: 'function',
    function: { name, arguments: wordsOf(input) },
  }))
  response.write(frame({ role: 'assistant', tool_calls: calls }))
  end(response, 'tool_calls', usageOf(act))
}

async function streamWords(response: ServerResponse, act: Extract<ModelAct, { say: unknown }>): Promise<void> {
  const words = wordsOf(act.say)
  const length = act.pieceLength ?? 16
  for (let at = 0; at < words.length; at += length) {
    if (act.cutAfter !== undefined && at >= act.cutAfter) return void response.destroy()
    response.write(frame({ content: words.slice(at, at + length) }))
    if (act.pieceMs !== undefined) await pause(act.pieceMs)
    if (response.destroyed) return
  }
  end(response, act.finish ?? 'stop', usageOf(act))
}
