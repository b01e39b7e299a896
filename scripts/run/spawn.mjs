import { spawn } from 'node:child_process'
import { root } from './say.mjs'

/**
 * Runs a Node script as a child of this one.
 * @returns {Promise<{ code: number, output: string }>} output holds what it printed when `capture` or `tee` was asked for.
 */
export function spawnNode(args, { capture = false, tee = false, ...options } = {}) {
  return spawnProgram(process.execPath, args, { capture, tee, ...options })
}

export function spawnProgram(program, args, { capture = false, tee = false, ...options } = {}) {
  const piped = capture || tee
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: piped ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options })
    let output = ''
    for (const [stream, mirror] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
        if (tee) mirror.write(text)
      })
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
