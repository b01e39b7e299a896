export type Toast = {
  readonly id: string
  readonly text: string
  readonly tone?: 'problem'
  /** What it speaks of: the next toast about the same takes its place, since what it offered is no longer the last step. */
  readonly about?: string
  readonly action?: { readonly label: string; run(): void }
}

const most = 3

/** With one more at the end. The oldest make room, except those that offer something: they stay their whole time. */
export function withToast(all: readonly Toast[], added: Toast): readonly Toast[] {
  const next = [...all.filter(({ about }) => about === undefined || about !== added.about), added]
  return next.filter(({ action }, at) => action !== undefined || next.length - at <= most)
}
