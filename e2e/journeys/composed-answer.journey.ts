import assert from 'node:assert/strict'
import { type ModelScript, startModelServer } from '../../apps/server/src/testkit/model-server.ts'
import { truthfulReply } from '../../apps/server/src/testkit/truthful-model.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { type Bubble, bubbleOn } from '../screens/bubble.ts'

const { widget } = wordsOf('en')
const question = 'where do I find a request id?'

/** What Chromium's console says of a server that is killed. */
const noServer = /ERR_(CONNECTION_|EMPTY_RESPONSE|INCOMPLETE_CHUNKED|SOCKET)|503|502/

const slowly: ModelScript = (asked) => ({ say: truthfulReply(asked), pieceLength: 8, pieceMs: 60 })

/** A model's words come sentence by sentence; killed in the middle, the server still owes the answer, and gives it. */
export const composedAnswer: Journey = {
  name: 'composed-answer',
  async run(stage) {
    const model = await startModelServer(slowly)
    stage.onEnd(model.close)
    const settings = { CLEW_MODEL_URL: model.url, CLEW_MODEL_NAME: 'scripted' }
    const clew = await stage.startClew({ settings })
    const bubble = await openBubble(stage, clew.url)

    stage.step('the words come as they are written')
    await bubble.write(question)
    const pending = bubble.log.locator('[aria-busy=true]')
    await pending.waitFor()
    assert.equal(await pending.getAttribute('aria-live'), 'off')
    const begun = await pending.locator('.words').innerText()
    await bubble.said(widget('widget.composed')).waitFor()
    assert.equal(await pending.count(), 0)
    const whole = await bubble.log.locator('.words').last().innerText()
    assert.ok(whole.startsWith(begun), `${whole} does not go on from ${begun}`)

    stage.step('the server is killed while the model writes')
    model.play(() => ({ silent: true }))
    await bubble.write('and what is the time limit of an upload?')
    await eventually('the model is asked', () => model.asked.length === 1)
    const before = await bubble.log.locator('.words').count()
    await clew.kill()
    await clew.start()
    await eventually(
      'the answer is there',
      async () => (await bubble.log.locator('.words').count()) === before + 1,
      40_000,
    )
    assert.equal(model.asked.length, 1)
  },
}

async function openBubble(stage: Stage, url: string): Promise<Bubble> {
  const { context, watch } = await stage.visit()
  watch.allow(noServer)
  const page = await context.newPage()
  await page.goto(`${url}/en`)
  const bubble = bubbleOn(page, 'en')
  await bubble.open()
  return bubble
}
