import { install } from './installation.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { readFileSync } from 'node:fs'
export async function main() {
  const i = await install('embedded', {})
  try {
    console.log('first', await i.start())
    i.killDatabase()
    for (let k = 0; k < 12; k++) { await pause(1000); console.log(k, await fetch(i.baseUrl + '/health/ready').then(async r => r.status + await r.text(), e => String(e))) }
    const r = await fetch(i.baseUrl + '/api/v1/widget/sessions', {method:'POST', body:'{}', headers:{'content-type':'application/json'}}).catch(() => null); console.log(r?.status, r?.headers.get('retry-after'), (await r?.text())?.slice(0,200))
    console.log(await i.terminate())
    console.log([...i.complaints()])
    console.log(readFileSync(i.dataDir+'/server.log','utf8').slice(-3000))
  } finally { await i.remove() }
  return 0
}
