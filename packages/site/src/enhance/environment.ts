import { systemOf } from '@clew/har/system'

interface BrandedAgent {
  readonly brands: readonly { readonly brand: string; readonly version: string }[]
  readonly platform: string
  getHighEntropyValues(hints: readonly string[]): Promise<{ platformVersion?: string }>
}

const brandedAgent = () => (navigator as Navigator & { userAgentData?: BrandedAgent }).userAgentData

/** "Firefox 145, Windows": what the browser says of itself, read only when the person asks for it. */
export async function describeEnvironment(): Promise<string> {
  const agent = brandedAgent()
  if (agent === undefined) return describeUserAgent(navigator.userAgent)
  const brand = agent.brands
    .filter(({ brand }) => !/not.?a.?brand/i.test(brand))
    .find(({ brand }) => brand !== 'Chromium')
  const { platformVersion = '' } = await agent
    .getHighEntropyValues(['platformVersion'])
    .catch(() => ({}) as { platformVersion?: string })
  const system = `${agent.platform} ${platformVersion}`.trim()
  return [brand && `${brand.brand} ${brand.version}`, system].filter(Boolean).join(', ')
}

const browsers: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Firefox', /Firefox\/(\d+)/],
  ['Edge', /Edg\/(\d+)/],
  ['Chrome', /Chrome\/(\d+)/],
  ['Safari', /Version\/(\d+(?:\.\d+)?).*Safari/],
]

/** For browsers without client hints. */
export function describeUserAgent(userAgent: string): string {
  const browser = browsers.flatMap(([name, pattern]) => {
    const version = pattern.exec(userAgent)?.[1]
    return version === undefined ? [] : [`${name} ${version}`]
  })[0]
  const system = systemOf(userAgent)
  return [browser, system].filter(Boolean).join(', ')
}
