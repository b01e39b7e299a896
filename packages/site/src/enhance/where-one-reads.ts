import { all } from './dom.ts'

/** Marks the part being read under "On this page". */
export function markWhereOneReads(): void {
  const links = all<HTMLAnchorElement>('[data-toc] a')
  const parts = links.flatMap((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))) ?? [])
  if (parts.length === 0) return
  const observer = new IntersectionObserver(() => mark(links, parts), { rootMargin: '0px 0px -60% 0px' })
  for (const part of parts) observer.observe(part)
  mark(links, parts)
}

function mark(links: readonly HTMLAnchorElement[], parts: readonly HTMLElement[]): void {
  const passed = parts.filter((part) => part.getBoundingClientRect().top < innerHeight * 0.4)
  const current = (passed.at(-1) ?? parts[0])?.id
  for (const link of links) {
    if (link.hash === `#${current}`) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
}
