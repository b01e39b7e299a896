import { type Random, WORDS } from './har-random.ts'

/** Bodies of every kind. Long ones are cut from a stock at a random place, so that none comes twice and making them is quick. */
export interface Bodies {
  json(): string
  answer(): string
  graphql(): string
  beacon(): string
  message(): string
  error(): string
  script(): string
  style(): string
  page(): string
  binary(): string
}

const STOCK_CHARS = 3 << 20

export function createBodies(random: Random): Bodies {
  const scripts = stockOf(random, () => scriptPiece(random))
  const styles = stockOf(random, () => stylePiece(random))
  const markup = stockOf(random, () => markupPiece(random))
  const binary = stockOf(random, () => random.text(4_000) + random.pick(['+', '/', '+/', '/+']))
  const records = Array.from({ length: 4_000 }, (_, i) => recordOf(i, random))
  const someRecords = (most: number): object[] => {
    const count = Math.min(most, random.size(12, most))
    const from = random.upTo(records.length - count)
    return records.slice(from, from + count)
  }
  return {
    json: () =>
      JSON.stringify({
        object: 'list',
        data: someRecords(200),
        has_more: true,
        total: random.upTo(5_000),
        cursor: random.text(32),
      }),
    answer: () =>
      JSON.stringify({
        data: { project: { id: random.fill('uuid'), items: someRecords(20) } },
        extensions: { took: 12 },
      }),
    graphql: () =>
      JSON.stringify({
        operationName: 'SaveItem',
        query:
          'mutation SaveItem($input: ItemInput!) {\n  saveItem(input: $input) {\n    id\n    title\n    updatedAt\n  }\n}',
        variables: { input: { ...recordOf(random.upTo(90_000), random), note: sentence(random, 30) } },
      }),
    beacon: () =>
      Array.from({ length: 6 }, () => `en=page_view&_et=${random.upTo(9_000)}&ep.page=${random.fill('word')}`).join(
        '\r\n',
      ),
    message: () =>
      JSON.stringify({ type: 'event', seq: random.upTo(1e6), payload: recordOf(random.upTo(90_000), random) }),
    error: () =>
      JSON.stringify({
        error: {
          code: 'file_too_large',
          message: 'The file is larger than 20 MB.',
          request_id: `req_${random.text(24)}`,
        },
      }),
    script: () => scripts(45_000, 1_500_000),
    style: () => styles(30_000, 400_000),
    page: () =>
      `<!doctype html><html lang="en"><head><title>Settings</title></head><body>${markup(30_000, 300_000)}</body></html>`,
    binary: () => {
      const text = binary(20_000, 800_000)
      return text.slice(0, text.length - (text.length % 4))
    },
  }
}

/** Gives a piece of about `median` characters, cut from three million of them. */
function stockOf(random: Random, piece: () => string): (median: number, most: number) => string {
  const pieces: string[] = []
  for (let chars = 0; chars < STOCK_CHARS; ) {
    const next = piece()
    pieces.push(next)
    chars += next.length
  }
  const all = pieces.join('')
  return (median, most) => {
    const size = random.size(median, most)
    const from = random.upTo(all.length - size)
    return all.slice(from, from + size)
  }
}

function sentence(random: Random, words: number): string {
  return `${Array.from({ length: words }, () => random.pick(WORDS)).join(' ')}.`
}

function recordOf(i: number, random: Random): object {
  const first = random.pick(['Maria', 'John', 'Eleni', 'George', 'Anna', 'Peter', 'Γιώργος', 'Κατερίνα'])
  return {
    id: random.fill('uuid'),
    number: i,
    title: sentence(random, 3 + random.upTo(5)),
    status: random.pick(['open', 'pending', 'closed']),
    description: sentence(random, random.upTo(25)),
    owner: {
      id: `user_${random.text(20)}`,
      name: `${first} ${random.pick(WORDS)}`,
      email: `${random.pick(WORDS)}${i}@customer.example`,
      avatar_url: `https://cdn.northlight.example/media/${random.hex(16)}/a.png`,
    },
    size: random.upTo(5e6),
    score: random.upTo(1000) / 1000,
    tags: [random.pick(WORDS), random.pick(WORDS)],
    created_at: new Date(1_780_000_000_000 + i * 60_000).toISOString(),
    updated_at: new Date(1_790_000_000_000 + i * 60_000).toISOString(),
    flags: { archived: false, pinned: i % 7 === 0, shared: true },
    parent: null,
  }
}

/** A function as a minifier leaves it: short names, strings, property chains, now and then a long literal. */
function scriptPiece(random: Random): string {
  const a = random.pick(['e', 't', 'n', 'r', 'o', 'i'])
  const word = (): string => random.pick(WORDS)
  const camel = (): string => `${word()}${word().replace(/^./, (letter) => letter.toUpperCase())}`
  switch (random.upTo(6)) {
    case 0:
      return `function ${random.text(2)}(${a},s){var u=${a}.${word()};return u&&u.${camel()}?u.${camel()}(s,{${word()}:!0,${word()}:"${word()}"}):null}`
    case 1:
      return `${random.upTo(90_000)}:(${a},s,u)=>{"use strict";u.d(s,{${random.text(2)}:()=>${random.text(1)}});var l=u(${random.upTo(90_000)});const c="${sentence(random, 4)}";`
    case 2:
      return `${a}.exports={"${word()}-${word()}":"${word()}_${random.text(5)}","${word()}":"${word()}__${random.text(5)}"};`
    case 3:
      return `if(void 0===${a}||${a}.${word()}<${random.upTo(100)})throw new Error("${sentence(random, 6)}");\nfor(let d=0;d<${a}.length;d++)p[${a}[d].${word()}]=/^[a-z0-9_-]+$/i.test(${a}[d]);`
    case 4:
      return `_.jsx("div",{className:"${word()} ${word()}-${word()}",onClick:()=>${a}("${word()}"),children:_.jsx("span",{title:'${word()}',children:${camel()}})}),`
    default:
      return `const ${camel()}="M${random.upTo(24)}.${random.upTo(99)} ${random.upTo(24)}h${random.upTo(9)}v-${random.upTo(9)}c0-1.1.9-2 2-2z",x=${a}=>fetch("/api/${word()}/"+${a},{method:"POST"}).then(${a}=>${a}.json());\n`
  }
}

function stylePiece(random: Random): string {
  const word = (): string => random.pick(WORDS)
  return `.${word()}-${word()}>.${word()}:hover{color:#${random.hex(6)};margin:0 ${random.upTo(40)}px;background:url("/img/${word()}.svg") no-repeat}\n@media (min-width:${random.upTo(1400)}px){.${word()}{display:flex}}\n`
}

function markupPiece(random: Random): string {
  const word = (): string => random.pick(WORDS)
  return `<div class="${word()} ${word()}-${word()}" id="${word()}${random.upTo(999)}" data-${word()}="${random.upTo(9_999)}">\n\t<a href="/en/${word()}/${random.upTo(9_999)}?from=${word()}">${sentence(random, 6)}</a> &amp; <input type="checkbox" name="field${random.upTo(99)}" value="${word()}"/>\n</div>\n`
}
