import { useEffect, useRef } from 'react'
import { api } from '../../app/api.ts'
import { now } from '../../app/clock.ts'

type State = 'viewing' | 'typing' | 'idle' | 'left'

const repeatMs = 20_000
const typingLastsMs = 8000

/** Tells the team who looks at a conversation, and says it again while that is so. Answers what to call at a key press. */
export function usePresence(conversationId: string): () => void {
  const typedAt = useRef(0)
  const said = useRef<State>('left')

  useEffect(() => {
    const say = (state: State) => {
      said.current = state
      // Lost ones are not missed: the next one comes in 20 s.
      api.sayPresence(conversationId, state).catch(() => undefined)
    }
    const current = (): State => {
      if (document.visibilityState === 'hidden') return 'idle'
      return now() - typedAt.current < typingLastsMs ? 'typing' : 'viewing'
    }
    const sayNow = () => say(current())
    const sayChange = () => {
      if (said.current !== current()) sayNow()
    }
    typedAt.current = 0
    sayNow()
    const repeat = setInterval(sayNow, repeatMs)
    const watch = setInterval(sayChange, 2000)
    document.addEventListener('visibilitychange', sayChange)
    return () => {
      clearInterval(repeat)
      clearInterval(watch)
      document.removeEventListener('visibilitychange', sayChange)
      say('left')
    }
  }, [conversationId])

  return () => {
    typedAt.current = now()
  }
}
