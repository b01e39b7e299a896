/**
 * A part of the program, fetched when it is needed. Chromium remembers a failed import by its address until the page
 * is loaded anew, and names the address in what it throws; another try needs another one. Other browsers just try again.
 * What is fetched must import nothing that is not there already: that would stay lost.
 */
export async function fetchAgain<M>(load: () => Promise<M>, from = (address: string) => import(address)): Promise<M> {
  try {
    return await load()
  } catch (error) {
    const address = /https?:\S+/.exec(String(error))?.[0]
    if (address === undefined) throw error
    tries += 1
    return from(`${address}?${tries}`)
  }
}

let tries = 0
