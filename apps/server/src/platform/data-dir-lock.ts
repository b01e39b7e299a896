import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { startMark } from './process-facts.ts'

const Holder = z.object({ pid: z.number().int(), startMark: z.string(), token: z.string() })

export class DataDirInUseError extends Error {
  override name = 'DataDirInUseError'
  readonly dataDir: string
  readonly pid: number

  constructor(dataDir: string, pid: number) {
    super(`another Clew (process ${pid}) is using ${dataDir}`)
    this.dataDir = dataDir
    this.pid = pid
  }
}

export type DataDirLock = { release(): void }

/** Makes sure that one Clew at a time uses the directory. What a killed one left behind does not count. */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const file = path.join(dataDir, 'clew.lock')
  const own = JSON.stringify({ pid: process.pid, startMark: startMark(process.pid), token: randomUUID() })
  if (!create(file, own)) {
    takeAway(file, dataDir)
    if (!create(file, own)) refuse(file, dataDir)
    // Two may have found the same dead holder: the one whose file stands after a moment has it.
    await pause(100)
    if (read(file) !== own) refuse(file, dataDir)
  }
  return {
    release: () => {
      if (read(file) === own) rmSync(file, { force: true })
    },
  }
}

function takeAway(file: string, dataDir: string): void {
  const found = read(file)
  if (isHeld(found)) refuse(file, dataDir)
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  // Somebody was quicker and this is already theirs: put it back.
  if (read(aside) !== found) {
    link(aside, file)
    rmSync(aside, { force: true })
    refuse(file, dataDir)
  }
  rmSync(aside, { force: true })
}

function refuse(file: string, dataDir: string): never {
  throw new DataDirInUseError(dataDir, parse(read(file))?.pid ?? 0)
}

function isHeld(text: string): boolean {
  const holder = parse(text)
  return holder !== undefined && holder.startMark !== '' && startMark(holder.pid) === holder.startMark
}

// A crash of the machine can leave an empty or torn file, which nobody holds.
function parse(text: string): z.infer<typeof Holder> | undefined {
  try {
    return Holder.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

// Written aside and linked, so that nobody ever reads half of it.
function create(file: string, text: string): boolean {
  const aside = `${file}.${process.pid}.new`
  writeFileSync(aside, text)
  try {
    return link(aside, file)
  } finally {
    rmSync(aside, { force: true })
  }
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch {
    return false
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
