export type Toast = {
  readonly id: string
  readonly text: string
  readonly tone?: 'problem'
  readonly action?: { readonly label: string; run(): void }
}

const most = 3

/** With one more at the end. The oldest make room, except those that offer something: they stay their whole time. */
export function withToast(all: readonly Toast[], added: Toast): readonly Toast[] {
  const next = [...all, added]
  return next.filter(({ action }, at) => action !== undefined || next.length - at <= most)
}
