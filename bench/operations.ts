import type { BenchOptions } from './main.ts'
export async function operations(_: BenchOptions): Promise<void> {}
