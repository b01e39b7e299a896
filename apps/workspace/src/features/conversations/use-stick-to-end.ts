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
  }, [scroller, conversationId])

  useEffect(() => {
    const element = scrollingElement(scroller.current)
    let lastTop = element?.scrollTop ?? 0
    const onScroll = () => {
      if (element === undefined) return
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx
      // Growing content also moves the end away; only a reader who goes up has left it.
      if (isNear) atEnd.current = true
      else if (element.scrollTop < lastTop) atEnd.current = false
      lastTop = element.scrollTop
      if (atEnd.current) setBelow(false)
    }
    // What opens below (the guard, a longer draft, a picture that loads) must not push the end out of sight.
    const onResize = () => atEnd.current && element?.scrollTo({ top: element.scrollHeight })
    const watch = new ResizeObserver(onResize)
    for (const watched of [element, scroller.current?.firstElementChild]) if (watched) watch.observe(watched)
    element?.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      watch.disconnect()
      element?.removeEventListener('scroll', onScroll)
    }
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
