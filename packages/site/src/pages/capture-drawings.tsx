import type { ComponentChildren } from 'preact'

export type DrawnBrowser = 'chrome' | 'edge' | 'firefox' | 'safari'

const width = 420
const height = 236

/** The network panel of each browser, reduced to what one has to find. Colours and letters are the page's own. */
export function NetworkDrawing({ browser }: { browser: DrawnBrowser }) {
  const Toolbar = toolbars[browser]
  return (
    <Sheet>
      <Tabs browser={browser} />
      <Requests top={66} />
      <Toolbar />
    </Sheet>
  )
}

function Sheet({ children }: { children: ComponentChildren }) {
  return (
    <svg class="devtools" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <rect class="sheet" x="0.5" y="0.5" width={width - 1} height={height - 1} rx="6" />
      {children}
    </svg>
  )
}

const tabs = {
  chrome: ['Elements', 'Console', 'Sources', 'Network'],
  edge: ['Elements', 'Console', 'Sources', 'Network'],
  firefox: ['Inspector', 'Console', 'Debugger', 'Network'],
  safari: ['Elements', 'Console', 'Sources', 'Network'],
} as const
const tabWidth = 76

function Tabs({ browser }: { browser: DrawnBrowser }) {
  const from = browser === 'safari' ? 58 : 10
  return (
    <>
      {tabs[browser].map((name, at) => {
        const x = from + at * tabWidth
        const isOpen = name === 'Network'
        return (
          <g key={name}>
            {isOpen && <OpenTab browser={browser} x={x} />}
            <text class={isOpen ? 'on' : 'off'} x={x + tabWidth / 2} y="20" text-anchor="middle">
              {name}
            </text>
          </g>
        )
      })}
      <path class="line" d={`M1 31.5H${width - 1}`} />
      <path class="line" d={`M1 61.5H${width - 1}`} />
    </>
  )
}

/** Each browser marks the open tab in its own way. */
function OpenTab({ browser, x }: { browser: DrawnBrowser; x: number }) {
  if (browser === 'edge') return <path class="fill" d={`M${x} 31V9q0-4 4-4h${tabWidth - 8}q4 0 4 4v22z`} />
  if (browser === 'safari') return <rect class="fill" x={x + 4} y="6" width={tabWidth - 8} height="20" rx="5" />
  const y = browser === 'firefox' ? 0.5 : 29.5
  return <rect class="accent" x={x + 6} y={y} width={tabWidth - 12} height="2" />
}

const rows = [
  { name: 118, status: 22, from: 250, wait: 26, receive: 14 },
  { name: 146, status: 22, from: 272, wait: 12, receive: 22 },
  { name: 96, status: 22, from: 284, wait: 40, receive: 8 },
  { name: 132, status: 22, from: 306, wait: 84, receive: 0, fails: true },
  { name: 108, status: 22, from: 378, wait: 10, receive: 16 },
]
const rowHeight = 26

/** Requests without words, since nothing here has to be read: one of them failed. */
function Requests({ top }: { top: number }) {
  return (
    <>
      <rect class="word" x="14" y={top + 9} width="34" height="5" rx="2" />
      <rect class="word" x="190" y={top + 9} width="30" height="5" rx="2" />
      <rect class="word" x="250" y={top + 9} width="48" height="5" rx="2" />
      {rows.map(({ name, status, from, wait, receive, fails }, at) => {
        const y = top + 24 + at * rowHeight
        return (
          <g key={from} class={fails ? 'fails' : undefined}>
            <path class="line" d={`M1 ${y - 0.5}H${width - 1}`} />
            <rect class="word" x="14" y={y + 10} width={name} height="6" rx="2" />
            <rect class="word" x="190" y={y + 10} width={status} height="6" rx="2" />
            <rect class="wait" x={from} y={y + 11} width={wait} height="4" />
            {receive > 0 && <rect class="receive" x={from + wait} y={y + 9} width={receive} height="8" />}
          </g>
        )
      })}
    </>
  )
}

/** A ring round what is meant, and its number hanging from it. */
function Mark({ number, at: [x, y, w, h] }: { number: number; at: readonly [number, number, number, number] }) {
  const cx = x + w / 2
  const below = y + h + 15
  return (
    <g class="callout">
      <rect x={x} y={y} width={w} height={h} rx="5" />
      <path d={`M${cx} ${y + h}V${below - 9}`} />
      <Number number={number} x={cx} y={below} />
    </g>
  )
}

function Number({ number, x, y }: { number: number; x: number; y: number }) {
  return (
    <>
      <circle cx={x} cy={y} r="9.5" />
      <text x={x} y={y + 4} text-anchor="middle">
        {number}
      </text>
    </>
  )
}

const Tick = ({ x, y, label }: { x: number; y: number; label: string }) => (
  <>
    <rect class="box" x={x} y={y} width="11" height="11" rx="2" />
    <path class="tick" d={`M${x + 2.5} ${y + 5.5}l2.5 2.5 4-5`} />
    <text class="on" x={x + 16} y={y + 9.5}>
      {label}
    </text>
  </>
)
const Circle = ({ x }: { x: number }) => (
  <path class="icon" d={`M${x - 5.5} 46.5a5.5 5.5 0 1 1 11 0a5.5 5.5 0 1 1-11 0M${x - 3.9} 42.6l7.8 7.8`} />
)
const Bin = ({ x }: { x: number }) => (
  <path
    class="icon"
    d={`M${x - 5} 42.5h10M${x - 2} 42v-1.5h4V42M${x - 4} 42.5l.7 9.5h6.600l.7-9.5M${x - 1.2} 45v4.500M${x + 1.2} 45v4.5`}
  />
)
const Down = ({ x }: { x: number }) => (
  <path class="icon" d={`M${x} 40.500v8.500M${x - 3.5} 46l3.5 3.5 3.5-3.500M${x - 5} 52.500h10`} />
)
const Up = ({ x }: { x: number }) => (
  <path class="icon quiet" d={`M${x} 50v-8.500M${x - 3.5} 44.500l3.5-3.5 3.5 3.500M${x - 5} 52.500h10`} />
)
const Record = ({ x }: { x: number }) => <circle class="record" cx={x} cy="46.5" r="5" />
const Funnel = ({ x, quiet }: { x: number; quiet?: boolean }) => (
  <path class={quiet ? 'icon quiet' : 'icon'} d={`M${x - 5} 42h10l-4 5v4.500l-2-1.500v-3z`} />
)
const Gear = ({ x }: { x: number }) => (
  <path
    class="icon"
    d={`M${x - 2} 46.500a2 2 0 1 1 4 0a2 2 0 1 1-4 0M${x} 40.500v2M${x} 50.500v2M${x - 6} 46.500h2M${x + 4} 46.500h2M${x - 4.2} 42.300l1.4 1.400M${x + 2.8} 49.300l1.4 1.400M${x - 4.2} 50.700l1.4-1.400M${x + 2.8} 43.700l1.4-1.4`}
  />
)
const Blank = ({ x, w }: { x: number; w: number }) => <rect class="word" x={x} y="44" width={w} height="5" rx="2" />

function ChromiumToolbar() {
  return (
    <>
      <Record x={20} />
      <Circle x={44} />
      <path class="line" d="M61.5 38v17" />
      <Funnel x={76} quiet />
      <Tick x={104} y={41} label="Preserve log" />
      <Tick x={206} y={41} label="Disable cache" />
      <Blank x={310} w={38} />
      <Up x={372} />
      <Down x={396} />
      <Mark number={4} at={[34, 36, 20, 21]} />
      <Mark number={3} at={[98, 36, 96, 21]} />
      <Mark number={6} at={[386, 36, 20, 21]} />
    </>
  )
}

function FirefoxToolbar() {
  return (
    <>
      <Bin x={20} />
      <Funnel x={48} quiet />
      <Blank x={62} w={70} />
      <path class="line" d="M150.5 38v17" />
      <Blank x={166} w={22} />
      <Blank x={200} w={28} />
      <Blank x={240} w={20} />
      <Gear x={398} />
      <Menu x={232} y={62} w={176} items={['Persist Logs', undefined, 'Save All As HAR', undefined]} ticked={0} />
      <Mark number={4} at={[10, 36, 20, 21]} />
      <g class="callout">
        <rect x={388} y={36} width={20} height={21} rx="5" />
        <Number number={3} x={232} y={80} />
        <Number number={6} x={232} y={128} />
      </g>
    </>
  )
}

function SafariToolbar() {
  return (
    <>
      <Funnel x={22} />
      <Blank x={46} w={88} />
      <Blank x={150} w={20} />
      <Blank x={180} w={30} />
      <Blank x={220} w={24} />
      <text class="on" x={326} y={50.5}>
        Export
      </text>
      <Down x={314} />
      <Bin x={396} />
      <Menu x={14} y={62} w={150} items={['Preserve Log', undefined]} ticked={0} />
      <g class="callout">
        <rect x={12} y={36} width={20} height={21} rx="5" />
        <Number number={3} x={164} y={80} />
      </g>
      <Mark number={6} at={[303, 36, 66, 21]} />
      <Mark number={4} at={[386, 36, 20, 21]} />
    </>
  )
}

interface MenuProps {
  x: number
  y: number
  w: number
  /** Those without a name are only there to be passed over. */
  items: readonly (string | undefined)[]
  ticked: number
}

const itemHeight = 24

function Menu({ x, y, w, items, ticked }: MenuProps) {
  return (
    <>
      <rect class="menu" x={x} y={y} width={w} height={items.length * itemHeight + 12} rx="5" />
      {items.map((item, at) => {
        const top = y + 6 + at * itemHeight
        if (item === undefined)
          return <rect class="word" key={at} x={x + 34} y={top + 10} width={w * 0.45} height="5" rx="2" />
        if (at === ticked) return <Tick key={item} x={x + 16} y={top + 7} label={item} />
        return (
          <text key={item} class="on" x={x + 32} y={top + 16.5}>
            {item}
          </text>
        )
      })}
    </>
  )
}

const toolbars: Readonly<Record<DrawnBrowser, () => ComponentChildren>> = {
  chrome: ChromiumToolbar,
  edge: ChromiumToolbar,
  firefox: FirefoxToolbar,
  safari: SafariToolbar,
}

/** Where Safari lets its developer tools out. */
export function SettingsDrawing() {
  return (
    <svg class="devtools" viewBox={`0 0 ${width} 168`} aria-hidden="true" focusable="false">
      <rect class="sheet" x="0.5" y="0.5" width={width - 1} height="167" rx="8" />
      {[0, 1, 2].map((at) => (
        <circle key={at} class="dot" cx={16 + at * 14} cy="15" r="4" />
      ))}
      <Blank3 />
      <rect class="fill" x="296" y="30" width="78" height="26" rx="5" />
      <text class="on" x="335" y="47" text-anchor="middle">
        Advanced
      </text>
      <path class="line" d={`M1 64.500H${width - 1}`} />
      <rect class="word" x="60" y="84" width="190" height="5" rx="2" />
      <rect class="word" x="60" y="108" width="240" height="5" rx="2" />
      <Tick x={60} y={134} label="Show features for web developers" />
      <g class="callout">
        <rect x="52" y="128" width="232" height="23" rx="5" />
        <Number number={2} x={284} y={139.5} />
      </g>
    </svg>
  )
}

const Blank3 = () => (
  <>
    {[44, 108, 172, 236].map((x) => (
      <rect key={x} class="word" x={x} y="41" width="42" height="5" rx="2" />
    ))}
  </>
)
