import { readdirSync, readFileSync } from 'node:fs'

// What Linux says of processes (proc(5)); the counters tick in hundredths of a second.
const tickMs = 10

type Facts = { pid: number; parent: number; name: string; cpuMs: number; reapedMs: number }

function factsOf(pid: number): Facts | undefined {
  const text = readText(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  // The name stands in parentheses and may hold spaces and parentheses itself.
  const end = text.lastIndexOf(')')
  const fields = text.slice(end + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3])
  return {
    pid,
    parent: field(4),
    name: text.slice(text.indexOf('(') + 1, end),
    cpuMs: (field(14) + field(15)) * tickMs,
    reapedMs: (field(16) + field(17)) * tickMs,
  }
}

/** The PostgreSQL processes below a process: the server and its backends. */
function databaseBelow(pid: number): Facts[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => factsOf(Number(name)) ?? [])
  const found: Facts[] = []
  const below = new Set([pid])
  for (let grew = true; grew; ) {
    const next = all.filter((each) => below.has(each.parent) && !below.has(each.pid))
    for (const each of next) below.add(each.pid)
    found.push(...next.filter(({ name }) => name === 'postgres'))
    grew = next.length > 0
  }
  return found
}

export type Cpu = { server: number; database: number }

/** Milliseconds of processor that a server and its embedded database have used so far, ended backends included. */
export function cpuOf(pid: number): Cpu {
  const database = databaseBelow(pid)
  const postmaster = database.filter(({ parent }) => parent === pid)
  const reaped = postmaster.reduce((sum, { reapedMs }) => sum + reapedMs, 0)
  return {
    server: factsOf(pid)?.cpuMs ?? Number.NaN,
    database: database.reduce((sum, { cpuMs }) => sum + cpuMs, reaped),
  }
}

export type Memory = { rss: number; pss: number }

/** MB held by processes: all that is mapped, and with memory that several share counted once (PSS). */
export function memoryOf(pids: readonly number[]): Memory {
  const sum = { rss: 0, pss: 0 }
  for (const pid of pids) {
    const text = readText(`/proc/${pid}/smaps_rollup`) ?? ''
    sum.rss += kilobytes(text, 'Rss') / 1024
    sum.pss += kilobytes(text, 'Pss') / 1024
  }
  return sum
}

export const databasePids = (pid: number): number[] => databaseBelow(pid).map((each) => each.pid)

const kilobytes = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
