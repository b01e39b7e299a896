import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const neededBytes = 2 * 2 ** 30

// An interrupted run must not leave anything in memory.
const made = new Set<string>()
process.once('exit', () => made.forEach(remove))

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })

/**
 * A folder of its own, where things are made and deleted fastest: in memory, when the machine has plenty. A database is
 * a thousand files, and ext4 is slow to reuse what was just deleted: copying one takes a second there, and a thirtieth
 * of that in memory. Whoever makes one removes it.
 */
export function makeScratchFolder(prefix: string): string {
  const folder = mkdtempSync(path.join(folderInMemory() ?? os.tmpdir(), prefix))
  made.add(folder)
  return folder
}

function folderInMemory(): string | undefined {
  if (process.platform !== 'linux' || os.freemem() < neededBytes) return undefined
  const folder = '/dev/shm'
  const mount = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, at]) => at === folder)
  // PostgreSQL may have to be copied beside its cluster, and run from there.
  if (mount?.[2] !== 'tmpfs' || mount[3]?.split(',').includes('noexec')) return undefined
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize < neededBytes ? undefined : folder
}
