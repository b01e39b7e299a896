const most = 5000

/** Does a thing once for each key, however often and however fast it is asked: a form that is sent twice is one case. */
export function createOnce<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const done = new Map<string, Promise<T>>()
  return (key, work) => {
    const known = done.get(key)
    if (known) return known
    const attempt = work()
    done.set(key, attempt)
    attempt.catch(() => done.delete(key))
    const [oldest] = done.keys()
    if (done.size > most && oldest !== undefined) done.delete(oldest)
    return attempt
  }
}
