import type { BenchOptions } from './main.ts'
export async function pages(_: BenchOptions): Promise<void> {}
