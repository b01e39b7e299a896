import { css } from './launcher.css'

export type Launcher = {
  host: HTMLElement
  root: ShadowRoot
  button: HTMLButtonElement
  name(text: string): void
  unread(count: number): void
  trouble(text: string): void
}

/** Draws the button by DOM calls alone: a strict host allows neither markup strings nor style attributes. */
export function drawLauncher(markPath: string, onClick: () => void): Launcher {
  const host = document.createElement('clew-widget')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]

  const region = add(root, 'div', { role: 'region' })
  const button = add(region, 'button', {
    type: 'button',
    class: 'launcher',
    'aria-expanded': 'false',
    'aria-controls': 'clew-panel',
  })
  const badge = add(button, 'span', { class: 'unread', 'aria-hidden': 'true' })
  button.prepend(drawMark(markPath))
  const trouble = add(region, 'p', { class: 'trouble', role: 'status' })
  button.addEventListener('click', onClick)

  return {
    host,
    root,
    button,
    name: (text) => {
      region.setAttribute('aria-label', text)
      button.setAttribute('aria-label', text)
    },
    unread: (count) => {
      badge.textContent = count > 0 ? (count > 99 ? '99+' : String(count)) : ''
    },
    trouble: (text) => {
      trouble.textContent = text
    },
  }
}

function add<K extends keyof HTMLElementTagNameMap>(parent: ParentNode, tag: K, attributes: Record<string, string>) {
  const element = document.createElement(tag)
  for (const name in attributes) element.setAttribute(name, attributes[name] ?? '')
  parent.append(element)
  return element
}

function drawMark(markPath: string): Element {
  const draw = (tag: string) => document.createElementNS('http://www.w3.org/2000/svg', tag)
  const svg = draw('svg')
  const path = draw('path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', markPath)
  svg.append(path)
  return svg
}
