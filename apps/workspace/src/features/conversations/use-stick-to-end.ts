import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

const nearPx = 80

/** Keeps a growing list at its end while the reader is there, and says when news lies below. */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>, conversationId: string, entries: number) {
  const atEnd = useRef(true)
  const [below, setBelow] = useState(false)

  useLayoutEffect(() => {
    const element = scrollingElement(scroller.current)
    atEnd.current = true
    setBelow(false)
    element?.scrollTo({ top: element.scrollHeight })
    // Fonts and pictures that come later push the end down.
    const late = setTimeout(() => atEnd.current && element?.scrollTo({ top: element.scrollHeight }), 300)
    return () => clearTimeout(late)
  }, [scroller, conversationId])

  useEffect(() => {
    const element = scrollingElement(scroller.current)
    const onScroll = () => {
      if (element === undefined) return
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx
      if (atEnd.current) setBelow(false)
    }
    element?.addEventListener('scroll', onScroll, { passive: true })
    return () => element?.removeEventListener('scroll', onScroll)
  }, [scroller, conversationId])

  const known = useRef({ conversationId, entries })
  useLayoutEffect(() => {
    const before = known.current
    known.current = { conversationId, entries }
    if (before.conversationId !== conversationId || entries <= before.entries) return
    const element = scrollingElement(scroller.current)
    if (atEnd.current) element?.scrollTo({ top: element.scrollHeight })
    else setBelow(true)
  }, [scroller, conversationId, entries])

  const goToEnd = () => {
    const element = scrollingElement(scroller.current)
    element?.scrollTo({ top: element.scrollHeight, behavior: 'smooth' })
  }
  return { below, goToEnd }
}

/** On a phone the whole pane scrolls, on a desk only the list. */
function scrollingElement(from: HTMLElement | null): HTMLElement | undefined {
  for (let element = from; element !== null; element = element.parentElement)
    if (['auto', 'scroll'].includes(getComputedStyle(element).overflowY)) return element
  return undefined
}
