type Place = Pick<Location, 'hash' | 'pathname' | 'search'>

/** Reads the one-time token of a link and takes it out of the address bar, so that neither history nor a screenshot holds it. */
export function takeToken(place: Place, showAddress: (url: string) => void): string | undefined {
  const token = new URLSearchParams(place.hash.slice(1)).get('token') ?? undefined
  if (token !== undefined) showAddress(place.pathname + place.search)
  return token
}

let taken: string | undefined

/** The token of this page's link. Taken once; asked for again (a redraw), it is the same. */
export function linkToken(): string | undefined {
  taken = takeToken(location, (url) => history.replaceState(history.state, '', url)) ?? taken
  return taken
}
