import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The program and arguments of a running process; empty when there is none of that number. */
export function commandLine(pid: number): string[] {
  if (!Number.isInteger(pid) || pid <= 0) return []
  if (process.platform !== 'linux') return ps(pid, 'command=').split(' ').filter(Boolean)
  return proc(pid, 'cmdline').split('\0').filter(Boolean)
}

/** Tells a process from a later one of the same number; empty when there is none. */
export function startMark(pid: number): string {
  if (!Number.isInteger(pid) || pid <= 0) return ''
  if (process.platform !== 'linux') return ps(pid, 'lstart=').trim()
  // The name of the program, in brackets, may hold anything; the start is the twenty-second field (proc(5)).
  const stat = proc(pid, 'stat')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

/** Whether the number is taken, be it by a process that has ended and was not collected. */
export function exists(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function proc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', column], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return ''
  }
}
